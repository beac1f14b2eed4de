//! The `[[table]]` entries of `practice.toml`.

use super::profile::{
    CodeMap, ColumnSource, DateHabit, Decimal, From, Habits, Header, TableSource, Target, TextEncoding,
};
use super::profile_section::{Reading, suggestion};
use super::profile_split;
use crate::clinical::tree::{Entry, Span, Table as Toml, Value};
use crate::journal::tables::{Column, NATIONAL_ID, Source, Table};

const KEYS: [&str; 12] = [
    "table",
    "file",
    "delimiter",
    "encoding",
    "decimal",
    "dates",
    "columns",
    "constant",
    "map",
    "wide",
    "split",
    "sources",
];

pub(super) fn read(reading: &mut Reading<'_>, root: &Toml) -> Vec<TableSource> {
    let Some(entry) = root.get("table") else {
        let help = "add [[table]] with table = \"patients\", file and columns".to_owned();
        reading.fault(&(0..0), "no [[table]] says where the practice's files are", "expected here", Some(help));
        return Vec::new();
    };
    if !matches!(entry.node.value, Value::List(_)) {
        reading.fault(&entry.span, "`table` must be a list", "write [[table]]", None);
        return Vec::new();
    }
    let mut tables = Vec::new();
    for node in entry.node.items() {
        if let Some(toml) = reading.as_table(node, "[[table]]") {
            tables.extend(one_table(reading, &toml, &node.span));
        }
    }
    if reading.faults.is_empty() && !tables.iter().any(|source| source.table == Table::Patients) {
        let help = "the patients table says who is on the practice's list; everything else hangs on it".to_owned();
        reading.fault(&entry.span, "no [[table]] is `patients`", "patients is missing", Some(help));
    }
    tables
}

fn one_table(reading: &mut Reading<'_>, toml: &Toml, span: &Span) -> Option<TableSource> {
    reading.unknown_keys(toml, &KEYS);
    for key in ["table", "file"].into_iter().filter(|key| !toml.has(key)) {
        reading.fault(span, format!("this [[table]] has no `{key}`"), "here", Some(format!("add {key} = \"…\"")));
    }
    let names = Table::ALL.map(|table| (table.name(), table));
    let table = reading.choice(toml, "table", &names)?;
    let files = toml.get("file").map(|entry| reading.words(entry)).unwrap_or_default();
    let habits = habits(reading, toml);
    let mut columns = Vec::new();
    gather(reading, toml, table, "columns", &mut columns);
    gather(reading, toml, table, "wide", &mut columns);
    gather(reading, toml, table, "constant", &mut columns);
    maps(reading, toml, table, &mut columns);
    required(reading, table, &columns, toml, span);
    Some(TableSource {
        table,
        files: files.into_iter().map(|(file, _)| file).collect(),
        habits,
        width: width(reading, toml, &columns),
        split: profile_split::read(reading, toml, table, &columns),
        columns,
        sources: sources(reading, toml, table),
        place: reading.place(span),
    })
}

fn habits(reading: &mut Reading<'_>, toml: &Toml) -> Habits {
    let delimiters = [
        ("auto", None),
        (";", Some(b';')),
        (",", Some(b',')),
        ("\t", Some(b'\t')),
        ("tab", Some(b'\t')),
        ("|", Some(b'|')),
    ];
    let encodings = [
        ("auto", None),
        ("utf-8", Some(TextEncoding::Utf8)),
        ("utf-16", Some(TextEncoding::Utf16Le)),
        ("utf-16le", Some(TextEncoding::Utf16Le)),
        ("utf-16be", Some(TextEncoding::Utf16Be)),
        ("windows-1252", Some(TextEncoding::Windows1252)),
        ("iso-8859-1", Some(TextEncoding::Windows1252)),
    ];
    let decimals = [("auto", None), (",", Some(Decimal::Comma)), (".", Some(Decimal::Point))];
    let dates = [
        ("auto", None),
        ("dd.mm.yyyy", Some(DateHabit::DayFirst)),
        ("d.m.yy", Some(DateHabit::DayFirst)),
        ("dd/mm/yyyy", Some(DateHabit::DayFirst)),
        ("mm/dd/yyyy", Some(DateHabit::MonthFirst)),
        ("yyyy-mm-dd", Some(DateHabit::Iso)),
        ("iso", Some(DateHabit::Iso)),
        ("yyyymmdd", Some(DateHabit::Compact)),
        ("excel", Some(DateHabit::Excel)),
    ];
    Habits {
        delimiter: reading.choice(toml, "delimiter", &delimiters).flatten(),
        encoding: reading.choice(toml, "encoding", &encodings).flatten(),
        decimal: reading.choice(toml, "decimal", &decimals).flatten(),
        dates: reading.choice(toml, "dates", &dates).flatten(),
    }
}

/// The columns that `columns`, `wide` or `constant` names.
fn gather(reading: &mut Reading<'_>, toml: &Toml, table: Table, key: &str, columns: &mut Vec<ColumnSource>) {
    let Some(entry) = toml.get(key) else { return };
    let Some(inner) = reading.as_table(&entry.node, key) else { return };
    for entry in &inner.entries {
        let Some(target) = target(reading, table, entry) else { continue };
        let Some(from) = from(reading, key, entry) else { continue };
        if columns.iter().any(|column| column.target == target) {
            let help = Some("keep one of columns, wide and constant".to_owned());
            reading.fault(&entry.span, format!("`{}` is given twice", entry.key), "again here", help);
            continue;
        }
        columns.push(ColumnSource { target, from, map: None, must_exist: true });
    }
}

fn from(reading: &mut Reading<'_>, key: &str, entry: &Entry) -> Option<From> {
    let header = |reading: &Reading<'_>, (name, span): (String, Span)| Header { place: reading.place(&span), name };
    match key {
        "wide" => {
            let headers: Vec<Header> = reading.words(entry).into_iter().map(|word| header(reading, word)).collect();
            (!headers.is_empty()).then_some(From::Wide(headers))
        }
        "columns" => {
            let name = reading.as_word(&entry.node, &entry.key)?;
            Some(From::Header(header(reading, (name, entry.node.span.clone()))))
        }
        _ => match &entry.node.value {
            Value::Whole(text) | Value::Decimal(text) | Value::Word(text) => Some(From::Constant(text.clone())),
            Value::Flag(flag) => Some(From::Constant(flag.to_string())),
            Value::Date(date) => Some(From::Constant(date.to_string())),
            _ => {
                reading.wrong_kind(&entry.node, &entry.key, "one value");
                None
            }
        },
    }
}

fn target(reading: &mut Reading<'_>, table: Table, entry: &Entry) -> Option<Target> {
    if table == Table::Patients && entry.key == NATIONAL_ID {
        return Some(Target::NationalId);
    }
    let found = table.columns().iter().position(|column| column.name == entry.key);
    if found.is_none() {
        let mut names: Vec<&str> = table.columns().iter().map(|column| column.name).collect();
        names.extend((table == Table::Patients).then_some(NATIONAL_ID));
        let help = suggestion(&entry.key, &names, "its columns are");
        let message = format!("the table {} has no column `{}`", table.name(), entry.key);
        reading.fault(&entry.span, message, "not a column", Some(help));
    }
    found.map(Target::Column)
}

fn maps(reading: &mut Reading<'_>, toml: &Toml, table: Table, columns: &mut [ColumnSource]) {
    let Some(entry) = toml.get("map") else { return };
    let Some(inner) = reading.as_table(&entry.node, "map") else { return };
    for entry in &inner.entries {
        let Some(target) = target(reading, table, entry) else { continue };
        let Some(words) = reading.as_table(&entry.node, &entry.key) else { continue };
        let mut pairs = Vec::new();
        for word in &words.entries {
            match &word.node.value {
                Value::Word(text) | Value::Whole(text) | Value::Decimal(text) => {
                    pairs.push((word.key.clone(), text.clone()));
                }
                Value::Flag(flag) => pairs.push((word.key.clone(), flag.to_string())),
                _ => reading.wrong_kind(&word.node, &word.key, "a text"),
            }
        }
        match columns.iter_mut().find(|column| column.target == target) {
            Some(column) => column.map = Some(CodeMap::new(pairs)),
            None => {
                let help = Some(format!("add `{}` to columns", entry.key));
                reading.fault(&entry.span, format!("`{}` is mapped but not read", entry.key), "no such column", help);
            }
        }
    }
}

fn required(reading: &mut Reading<'_>, table: Table, columns: &[ColumnSource], toml: &Toml, span: &Span) {
    let given = |index: usize| columns.iter().any(|column| column.target == Target::Column(index));
    let missing: Vec<&Column> =
        table.columns().iter().enumerate().filter(|(i, c)| c.required && !given(*i)).map(|(_, c)| c).collect();
    let at = toml.get("columns").map_or(span, |entry| &entry.span);
    for column in missing {
        let help = match table {
            Table::Diagnoses => "a code without its system is never guessed: name the column, or give a constant",
            _ => "name the file's column, or give a constant",
        };
        let message = format!("the table {} needs the column `{}`", table.name(), column.name);
        reading.fault(at, message, &format!("{} is missing", column.name), Some(help.to_owned()));
    }
}

fn width(reading: &mut Reading<'_>, toml: &Toml, columns: &[ColumnSource]) -> usize {
    let wide = |column: &ColumnSource| match &column.from {
        From::Wide(headers) => Some(headers.len()),
        _ => None,
    };
    let widths: Vec<usize> = columns.iter().filter_map(wide).collect();
    if widths.windows(2).any(|pair| pair[0] != pair[1])
        && let Some(entry) = toml.get("wide")
    {
        let help = "the lists are read side by side: the first of each makes one row".to_owned();
        reading.fault(&entry.span, "the lists under `wide` differ in length", "here", Some(help));
    }
    widths.first().copied().unwrap_or(1)
}

fn sources(reading: &mut Reading<'_>, toml: &Toml, table: Table) -> Option<Vec<Source>> {
    let entry = toml.get("sources")?;
    let known: Vec<Source> = Source::ALL.into_iter().filter(|source| source.table() == table).collect();
    let names: Vec<&str> = known.iter().map(|source| source.name()).collect();
    let mut sources = Vec::new();
    for (word, span) in reading.words(entry) {
        match Source::parse(&word).filter(|source| known.contains(source)) {
            Some(source) => sources.push(source),
            None => {
                let help = suggestion(&word, &names, "the sources here are");
                reading.fault(&span, format!("`{word}` is no source of {}", table.name()), "not a source", Some(help));
            }
        }
    }
    Some(sources)
}
