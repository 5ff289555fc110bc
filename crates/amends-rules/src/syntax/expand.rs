//! Expanding a pattern: from its tree to flat sequences, one for each choice.

use super::{Node, Sequence};

/// Most flat sequences that one pattern may expand to.
const MAX_SEQUENCES: usize = 600;

/// Appends a node to every sequence, multiplying them at each choice.
pub(super) fn append(mut sequences: Vec<Sequence>, node: &Node) -> Result<Vec<Sequence>, String> {
    match node {
        Node::Item(item) => {
            for sequence in &mut sequences {
                sequence.items.push(item.clone());
            }
            Ok(sequences)
        }
        Node::MarkStart => {
            for sequence in &mut sequences {
                sequence.mark_start = Some(sequence.items.len());
            }
            Ok(sequences)
        }
        Node::MarkEnd => {
            for sequence in &mut sequences {
                sequence.mark_end = Some(sequence.items.len());
            }
            Ok(sequences)
        }
        Node::Head(inner) => {
            for sequence in &mut sequences {
                sequence.head = Some(sequence.items.len());
            }
            append(sequences, inner)
        }
        Node::Row(row) => {
            for inner in row {
                sequences = append(sequences, inner)?;
            }
            Ok(sequences)
        }
        Node::Choice(alternatives) => multiply(&sequences, alternatives),
        Node::OptionalRow(alternatives) => {
            let mut all = multiply(&sequences, alternatives)?;
            all.extend(sequences);
            Ok(all)
        }
    }
}

fn multiply(sequences: &[Sequence], alternatives: &[Vec<Node>]) -> Result<Vec<Sequence>, String> {
    let mut all = Vec::new();
    for row in alternatives {
        let mut grown = sequences.to_vec();
        for node in row {
            grown = append(grown, node)?;
        }
        all.extend(grown);
        if all.len() > MAX_SEQUENCES {
            return Err(format!(
                "too many alternatives: more than {MAX_SEQUENCES} combinations; split the pattern"
            ));
        }
    }
    Ok(all)
}
