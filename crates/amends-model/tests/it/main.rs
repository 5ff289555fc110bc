//! What a user of the model can count on, tested through its public interface.

mod broken_files;
mod golden;
mod same_answers;
mod tiny;
