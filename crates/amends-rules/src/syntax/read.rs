//! Reading a pattern: from its text to a tree.

use std::collections::BTreeMap;

use amends_lint::Test;

use super::{Item, Node};
use crate::lexicon::Lexicon;

/// Cuts the text into terms: brackets, bars and everything between blanks.
pub(super) fn split(text: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for character in text.chars() {
        match character {
            ' ' | '\n' | '\t' | '(' | ')' | '|' | '[' | ']' => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                if !character.is_whitespace() {
                    words.push(character.to_string());
                }
            }
            '?' if word.is_empty() && words.last().is_some_and(|last| last == ")") => {
                words.push(")?".to_owned())
            }
            other => word.push(other),
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    if words.is_empty() {
        return Err("the pattern is empty".to_owned());
    }
    Ok(words)
}

pub(super) struct Reader<'a> {
    pub(super) words: &'a [String],
    pub(super) position: usize,
    pub(super) macros: &'a BTreeMap<String, String>,
    pub(super) lexicon: &'a mut Lexicon,
    pub(super) depth: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<&str> {
        self.words.get(self.position).map(String::as_str)
    }

    /// Reads terms up to the end, or up to `|` or `)` inside a group.
    pub(super) fn row(&mut self, in_group: bool) -> Result<Vec<Node>, String> {
        let mut nodes = Vec::new();
        while let Some(word) = self.peek() {
            if word == "|" || word == ")" {
                if in_group {
                    return Ok(nodes);
                }
                return Err(format!("`{word}` outside brackets"));
            }
            nodes.push(self.term()?);
        }
        if in_group { Err("a `(` is not closed".to_owned()) } else { Ok(nodes) }
    }

    fn term(&mut self) -> Result<Node, String> {
        let word = self.words[self.position].clone();
        self.position += 1;
        match word.as_str() {
            "(" => self.group(),
            "[" => Ok(Node::MarkStart),
            "]" => Ok(Node::MarkEnd),
            "<" => Ok(Node::Item(Item::ClauseStart)),
            ">" => Ok(Node::Item(Item::ClauseEnd)),
            "^" => Ok(Node::Item(Item::SentenceStart)),
            "$" => Ok(Node::Item(Item::SentenceEnd)),
            "+" => Ok(Node::Head(Box::new(self.term()?))),
            "!" | "<!" => {
                self.position += 1;
                let test = self.group_as_test()?;
                Ok(Node::Item(if word == "!" { Item::NotNext(test) } else { Item::NotBefore(test) }))
            }
            _ => self.simple(&word),
        }
    }

    fn alternatives(&mut self) -> Result<Vec<Vec<Node>>, String> {
        let mut alternatives = vec![self.row(true)?];
        while self.peek() == Some("|") {
            self.position += 1;
            alternatives.push(self.row(true)?);
        }
        self.position += 1;
        Ok(alternatives)
    }

    fn group(&mut self) -> Result<Node, String> {
        let alternatives = self.alternatives()?;
        let optional = self.peek() == Some(")?");
        if optional {
            self.position += 1;
        }
        if let Some(test) = single_test(&alternatives) {
            return Ok(Node::Item(if optional { Item::Optional(test) } else { Item::Token(test) }));
        }
        let alternatives = merge_singles(alternatives);
        Ok(if optional { Node::OptionalRow(alternatives) } else { Node::Choice(alternatives) })
    }

    fn group_as_test(&mut self) -> Result<Test, String> {
        let alternatives = self.alternatives()?;
        single_test(&alternatives)
            .ok_or_else(|| "after `!` only single words and classes can stand".to_owned())
    }

    fn simple(&mut self, word: &str) -> Result<Node, String> {
        if let Some(max) = word.strip_prefix("...") {
            return gap(max, true);
        }
        if let Some(max) = word.strip_prefix("..") {
            return gap(max, false);
        }
        if let Some(rest) = word.strip_prefix("<!") {
            return Ok(Node::Item(Item::NotBefore(self.test(rest)?)));
        }
        if let Some(rest) = word.strip_prefix('!') {
            return Ok(Node::Item(Item::NotNext(self.test(rest)?)));
        }
        if let Some(rest) = word.strip_prefix('+') {
            return Ok(Node::Head(Box::new(self.simple(rest)?)));
        }
        let (word, optional) = match word.strip_suffix('?') {
            Some(word) => (word, true),
            None => (word, false),
        };
        if let Some(name) = word.strip_prefix('&') {
            return self.expand_macro(name, optional);
        }
        if let Some(parts) = self.lexicon.contraction(word).map(<[_]>::to_vec) {
            let row: Vec<Node> = parts
                .into_iter()
                .map(|part| Node::Item(Item::Token(Test { words: vec![part], ..Test::default() })))
                .collect();
            return Ok(if optional { Node::OptionalRow(vec![row]) } else { Node::Row(row) });
        }
        let test = self.test(word)?;
        Ok(Node::Item(if optional { Item::Optional(test) } else { Item::Token(test) }))
    }

    fn expand_macro(&mut self, name: &str, optional: bool) -> Result<Node, String> {
        let body =
            self.macros.get(name).ok_or_else(|| format!("there is no macro `&{name}` in macros.toml"))?;
        if self.depth > 8 {
            return Err(format!("macro `&{name}` uses itself"));
        }
        let words = split(body)?;
        let mut reader = Reader {
            words: &words,
            position: 0,
            macros: self.macros,
            lexicon: self.lexicon,
            depth: self.depth + 1,
        };
        let row = reader.row(false).map_err(|message| format!("in macro `&{name}`: {message}"))?;
        if let Some(test) = single_test(std::slice::from_ref(&row)) {
            return Ok(Node::Item(if optional { Item::Optional(test) } else { Item::Token(test) }));
        }
        Ok(if optional { Node::OptionalRow(vec![row]) } else { Node::Row(row) })
    }

    /// Reads a test of one token: `word`, `~lemma.past`, `@a&@b&!@c`, `_`.
    fn test(&mut self, text: &str) -> Result<Test, String> {
        let mut test = Test::default();
        for (index, part) in text.split('&').enumerate() {
            let (negative, part) = match part.strip_prefix('!') {
                Some(rest) => (true, rest),
                None => (false, part),
            };
            let (part, form) = match part.split_once('.') {
                Some((part, form)) if !part.is_empty() => (part, Some(form)),
                _ => (part, None),
            };
            if let Some(form) = form {
                test.all.push(self.form_class(form)?);
            }
            if part == "_" {
                continue;
            }
            if let Some(name) = part.strip_prefix('@') {
                let class = self
                    .lexicon
                    .known_class(name)
                    .ok_or_else(|| format!("there is no word class `@{name}`"))?;
                match (negative, index) {
                    (true, _) => test.none.push(class),
                    (false, 0) => {
                        test.expressions |= self.lexicon.expression_classes.contains(&class);
                        test.classes.push(class);
                    }
                    (false, _) => test.all.push(class),
                }
            } else if let Some(lemma) = part.strip_prefix('~') {
                let forms = self.lexicon.forms.get(lemma).cloned().ok_or_else(|| {
                    format!("`~{lemma}`: this word is in no lexicon; add it to one as %verb or %noun")
                })?;
                test.words.extend(forms);
            } else if negative || part.is_empty() {
                return Err(format!("`{text}` cannot be read; after `&!` a class must stand"));
            } else {
                test.words.push(self.lexicon.word(&part.to_lowercase()).map_err(|error| error.to_string())?);
            }
        }
        Ok(test)
    }

    fn form_class(&mut self, form: &str) -> Result<u16, String> {
        let name = match form {
            "past" => "role_past_form",
            "pp" => "role_participle",
            "ing" => "role_ing_form",
            "base" => "role_base_form",
            "s" => "role_present_form",
            _ => return Err(format!("`.{form}` is not one of .past .pp .ing .base .s")),
        };
        self.lexicon.class(name).map_err(|error| error.to_string())
    }
}

fn gap(max: &str, across: bool) -> Result<Node, String> {
    let max: u8 = max.parse().map_err(|_| format!("`..{max}` needs a number of words"))?;
    if max > 20 {
        return Err(format!("a gap of {max} words is too wide; at most 20"));
    }
    Ok(Node::Item(Item::Gap { max, across }))
}

/// One test for a group whose alternatives are all plain single tokens.
fn single_test(alternatives: &[Vec<Node>]) -> Option<Test> {
    let mut merged = Test::default();
    for row in alternatives {
        let [Node::Item(Item::Token(test))] = row.as_slice() else { return None };
        let plain = test.all.is_empty() && test.none.is_empty();
        if alternatives.len() > 1 && !plain {
            return None;
        }
        if test.words.is_empty() && test.classes.is_empty() && alternatives.len() > 1 {
            return None;
        }
        merged.words.extend(&test.words);
        merged.classes.extend(&test.classes);
        merged.all.extend(&test.all);
        merged.none.extend(&test.none);
        merged.expressions |= test.expressions;
    }
    Some(merged)
}

/// Makes one alternative of all that are plain single tokens, so that fewer sequences come of it.
fn merge_singles(alternatives: Vec<Vec<Node>>) -> Vec<Vec<Node>> {
    let is_plain = |row: &Vec<Node>| match row.as_slice() {
        [Node::Item(Item::Token(test))] => {
            test.all.is_empty() && test.none.is_empty() && !(test.words.is_empty() && test.classes.is_empty())
        }
        _ => false,
    };
    let (singles, mut rest): (Vec<_>, Vec<_>) = alternatives.into_iter().partition(is_plain);
    if let Some(test) = single_test(&singles).filter(|_| !singles.is_empty()) {
        rest.push(vec![Node::Item(Item::Token(test))]);
    }
    rest
}
