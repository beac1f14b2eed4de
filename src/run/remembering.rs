//! What a night starts from, and what it leaves: between the store and the list.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::correcting;
use super::extracting::Extracted;
use super::failure::Failure;
use super::memory::told;
use super::publish::Published;
use super::rules::Rules;
use crate::clinical::register::RegisterStatus;
use crate::clinical::{Day, Language};
use crate::extract::Profile;
use crate::extract::profile::Target;
use crate::journal::tables::Table;
use crate::journal::whole::Member;
use crate::journal::without;
use crate::outreach::List;
use crate::outreach::list::Row;
use crate::outreach::reasons::{self, LineRef};
use crate::outreach::tie::TieKey;
use crate::score::result::Part;
use crate::store::runs::Before;
use crate::store::{
    Correction, Delivered, Entry, ListedLine, ListedRow, Place, Present, Reservation, Resource, RunRecord, Section,
    Store, StoreError, monday,
};

/// What the store knows at the beginning of a night.
#[derive(Debug)]
pub struct Known {
    pub standing: BTreeMap<String, Entry>,
    pub corrections: Vec<Correction>,
    pub before: Before,
    pub resources: Vec<Resource>,
    pub reservations: BTreeMap<String, Reservation>,
    /// All entries up to this one are known.
    pub decisions_up_to: i64,
}

/// Lets the store follow tonight's register: changed ids, who left, and reservations.
///
/// # Errors
/// When the store cannot be read or written.
pub fn follow(store: &mut Store, profile: &Profile, extracted: &Extracted, on: Day) -> Result<(), Failure> {
    let language = profile.practice.language;
    let told = |error: StoreError| told(&error, language);
    let present: Vec<Present> = extracted.members.iter().map(|member| present(member, on)).collect();
    store.write(|writing| writing.follow(on, &present, delivered(profile))).map_err(told)?;
    Ok(())
}

fn present(member: &Member, on: Day) -> Present<'_> {
    let left = matches!(RegisterStatus::parse(&member.list_status), RegisterStatus::Dead | RegisterStatus::Left);
    Present {
        patient: &member.id,
        former: &member.former_id,
        gone: left || member.person.died_on.is_some_and(|day| day <= on),
        no_contact: member.no_contact,
        no_scoring: member.no_scoring,
    }
}

/// Reservations whose column the profile maps.
fn delivered(profile: &Profile) -> Delivered {
    let maps = |wanted: &str| {
        let columns = Table::Patients.columns();
        let of_table = profile.tables.iter().filter(|source| source.table == Table::Patients);
        let mut targets = of_table.flat_map(|source| &source.columns).map(|column| column.target);
        targets.any(|target| matches!(target, Target::Column(index) if columns[index].name == wanted))
    };
    let [no_contact, no_scoring] = crate::journal::column::RESERVATIONS;
    Delivered { no_contact: maps(no_contact), no_scoring: maps(no_scoring) }
}

/// Asks the store for everything that tonight's list must honour. Facts found wrong are left out of the journal, and who
/// once asked not to be assessed is marked so, also when the extract does not say it.
///
/// # Errors
/// When the store or the journal cannot be read.
pub fn recall(
    store: &Store,
    journal: &Path,
    resources: Vec<Resource>,
    on: Day,
    language: Language,
) -> Result<Known, Failure> {
    let told = |error: StoreError| told(&error, language);
    let mut corrections = store.corrections().map_err(told)?;
    correcting::apply(journal, &mut corrections)?;
    let reservations = store.reservations().map_err(told)?;
    let unscored = reservations.iter().filter(|(_, reservation)| reservation.no_scoring);
    without::reserve(journal, &unscored.map(|(patient, _)| patient.clone()).collect())?;
    let decisions_up_to = store.newest_entry().map_err(told)?;
    Ok(Known {
        standing: store.standing(decisions_up_to).map_err(told)?,
        corrections,
        before: store.before(on, monday(on)).map_err(told)?,
        reservations,
        resources,
        decisions_up_to,
    })
}

/// Gives every row of the list the key by which decisions name it.
pub fn give_keys(list: &mut List, key: &TieKey) {
    let on = list.index_day;
    for row in list.every_row() {
        row.key = key.row_key(&row.member.id, on);
    }
}

/// What the run leaves for the store.
///
/// # Errors
/// When the journal cannot be read.
pub fn record(
    list: &List,
    run: &Published,
    rules: &Rules,
    journal: &Path,
    bands: BTreeMap<String, BTreeMap<String, u8>>,
    known: &Known,
) -> Result<RunRecord, Failure> {
    let on = list.index_day;
    let made_list = known.before.frozen.is_none();
    let ids: BTreeSet<String> = shown(list).map(|(_, row)| row.member.id.clone()).collect();
    let texts = correcting::rows_of(journal, &ids)?;
    let mut ranks: BTreeMap<Section, usize> = BTreeMap::new();
    let rows = shown(list).map(|(section, row)| {
        let count = ranks.entry(section).or_default();
        *count += 1;
        let texts = texts.get(&row.member.id).map_or(&[][..], Vec::as_slice);
        let lines = row.reasons.iter().filter_map(|reason| {
            let (rule_set, criterion) = name_of(*reason, row, rules)?;
            Some(ListedLine { rule_set, criterion, facts: correcting::facts(*reason, &row.explained, texts) })
        });
        // Ranks of a frozen week may have gaps; those beside the list have none of their own.
        let rank = if matches!(section, Section::Candidates | Section::Children) { row.rank } else { *count };
        let versions = rules.rule_sets.iter().filter(|set| row.levels.contains_key(&set.id));
        ListedRow {
            key: row.key.clone(),
            patient: row.member.id.clone(),
            section,
            rank,
            place: if matches!(section, Section::Candidates | Section::Children) {
                row.place.clone()
            } else {
                Place::None
            },
            gp: row.member.gp.clone(),
            priority: row.priority.without_stay(),
            levels: row.levels.clone(),
            versions: versions.map(|set| (set.id.clone(), set.version.clone())).collect(),
            weeks_waiting: row.weeks_waiting,
            lines: lines.collect(),
        }
    });
    Ok(RunRecord {
        name: run.name(),
        index_day: on.to_string(),
        week: monday(on).to_string(),
        made_list,
        capacity: list.capacity,
        decisions_up_to: known.decisions_up_to,
        rows: rows.collect(),
        // A frozen week's credits were settled when its list was made.
        credits: if made_list { list.credits() } else { known.before.credits.clone() },
        bands,
    })
}

/// Every row that a decision can be written at, each person once in a section.
fn shown(list: &List) -> impl Iterator<Item = (Section, &Row)> {
    let candidates = list.rows.iter().map(|row| (Section::Candidates, row));
    let children = list.children.iter().map(|row| (Section::Children, row));
    let reviews = list.beside.reviews.iter().map(|review| (Section::Reviews, &review.row));
    let messages = list.beside.messages.iter().map(|message| (Section::Messages, &message.row));
    let orphans = list.beside.orphans.iter().map(|orphan| (Section::Beside, &orphan.row));
    let corrections = list.beside.corrections.iter().map(|correction| (Section::Beside, &correction.row));
    let followed =
        list.beside.selected.iter().chain(&list.beside.disagreements).map(|followed| (Section::Beside, &followed.row));
    let mut told = BTreeSet::new();
    let all =
        candidates.chain(children).chain(reviews).chain(messages).chain(orphans).chain(corrections).chain(followed);
    all.filter(move |(section, row)| told.insert((*section, row.member.id.clone())))
}

/// Rule set and criterion of a reason, by name.
fn name_of(reason: LineRef, row: &Row, rules: &Rules) -> Option<(String, String)> {
    let rule_set = rules.rule_sets.get(reason.model)?;
    let Part::Criterion(index) = reasons::line(&row.explained, reason)?.part else { return None };
    Some((rule_set.id.clone(), rule_set.criteria.get(index)?.name.clone()))
}
