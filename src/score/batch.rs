//! Scoring a whole journal: every patient, every rule set, every index day, in one pass.

use super::columns::id_type;
use super::days::IndexDays;
use super::evaluate::{Evaluator, Memory};
use super::node::{Node, NodeKind, PeersNode};
use super::peers::{self, Norms};
use super::plan::{Plan, TooMuch};
use super::seen::Seen;
use super::tables::{ContributionRows, Names, ScoreRows};
use super::wanted::wanted;
use super::write::{self, EncodedBlock, Encoder, ResultFile, WriteError};
use crate::clinical::Day;
use crate::journal::tables::Sources;
use crate::model::RuleSet;
use crate::observe::Journal;
use crate::observe::block::{Block, Noticed};
use crate::observe::ids::{Id, Ids};
use crate::observe::journal_files::ReadError;
use crate::observe::pass::pass;
use crate::observe::pool::Pool;
use crate::observe::read::{Reading, Room, Wanted};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// What is scored, and how.
pub struct Job<'a> {
    pub rule_sets: &'a [RuleSet],
    pub journal: &'a Journal,
    /// Folder of the journal, for messages.
    pub folder: &'a Path,
    pub sources: Sources,
    pub days: &'a IndexDays,
    /// Whether lines are told: in a file of their own, and to whoever keeps them.
    pub contributions: bool,
}

/// What came out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub patients: usize,
    /// Patients who asked not to be scored.
    pub reserved: usize,
    pub scores: usize,
    pub contributions: usize,
    /// Rows that lack a value without which they say nothing.
    pub unusable_rows: usize,
}

#[derive(Debug, thiserror::Error)]
pub enum ScoreError {
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error("{0}")]
    Encode(#[from] parquet::errors::ParquetError),
    #[error("no index day: every patient needs at least one")]
    NoDay,
    #[error(transparent)]
    TooMuch(#[from] TooMuch),
}

/// File names inside the result folder.
pub const SCORES: &str = "scores.parquet";
pub const CONTRIBUTIONS: &str = "contributions.parquet";

/// What scoring gives beside its files.
#[derive(Debug)]
pub struct Scoring<T> {
    pub counts: Counts,
    /// The peers' norms of each common index day.
    pub norms: Vec<Norms>,
    /// What was kept of each patient and index day, in order.
    pub kept: Vec<T>,
}

/// Scores the journal into `scores.parquet` and, when asked for, `contributions.parquet` in `out`.
///
/// `keep` sees every patient with her outcomes, one a rule set, may ask for their lines, and keeps what the caller needs.
///
/// # Errors
/// When the journal cannot be read or the results cannot be written; half-written files may then remain.
pub fn score<T: Send>(
    job: &Job,
    out: &Path,
    keep: impl Fn(Id, &mut Seen) -> Option<T> + Sync,
) -> Result<Scoring<T>, ScoreError> {
    let (plan, wanted, last) = compile(job)?;
    let room = Room::default();
    let reading = Reading { lexicon: &plan.lexicon, until: last, wanted: &wanted, ids: job.journal.ids(), room: &room };
    let norms = norms(&plan, job, &reading, out)?;
    let names = Names::new(job.rule_sets, &plan, id_type(job.journal.ids(), &job.journal.id_type()));
    let (scores_file, scores) = write::create(&out.join(SCORES), &names.score_schema())?;
    let contributions =
        job.contributions.then(|| write::create(&out.join(CONTRIBUTIONS), &names.contribution_schema())).transpose()?;
    let (contributions_file, contributions) = contributions.unzip();
    let scorer = Scorer {
        plan: &plan,
        norms: &norms,
        days: job.days,
        names: &names,
        scores,
        contributions,
        memories: Pool::default(),
        lines_before: AtomicUsize::new(0),
    };
    let mut results =
        Results { scores: scores_file, contributions: contributions_file, counts: Counts::default(), kept: Vec::new() };
    let mut duplicates = 0;
    let passed = pass(
        job.journal,
        &reading,
        out,
        |block| scorer.score(&block, &keep),
        |scored| -> Result<(), ScoreError> {
            let scored = scored?;
            duplicates += scored.noticed.duplicates;
            results.take(scored)
        },
    )?;
    if duplicates > 0 {
        return Err(ReadError::Duplicates { folder: PathBuf::from(job.folder), count: duplicates }.into());
    }
    results.counts.unusable_rows = passed.unusable_rows;
    let (counts, kept) = results.finish()?;
    Ok(Scoring { counts, norms, kept })
}

/// The rule sets compiled, which facts matter to them, and the last index day.
fn compile(job: &Job) -> Result<(Plan, Wanted, Day), ScoreError> {
    let plan = Plan::new(job.rule_sets, job.sources);
    plan.fits()?;
    let (first, last) = job.days.first().zip(job.days.last()).ok_or(ScoreError::NoDay)?;
    let wanted = wanted(&plan, (first, last), job.contributions);
    Ok((plan, wanted, last))
}

/// The peers' norms of each common index day, without scoring anyone.
///
/// # Errors
/// When the journal cannot be read.
pub fn norms_of(job: &Job, temporary: &Path) -> Result<Vec<Norms>, ScoreError> {
    let (plan, wanted, last) = compile(job)?;
    let room = Room::default();
    let reading = Reading { lexicon: &plan.lexicon, until: last, wanted: &wanted, ids: job.journal.ids(), room: &room };
    norms(&plan, job, &reading, temporary)
}

/// The norms of each index day, from a pass of their own; empty when no rule set compares peers.
///
/// Patients with days of their own have no common day on which a norm could be taken.
fn norms(plan: &Plan, job: &Job, reading: &Reading, temporary: &Path) -> Result<Vec<Norms>, ScoreError> {
    let days: &[Day] = match job.days {
        IndexDays::Same(days) => days,
        IndexDays::Each(_) => return Ok(vec![Norms::new(plan.peer_tables)]),
    };
    let mut norms = vec![Norms::new(plan.peer_tables); days.len()];
    if plan.peer_tables == 0 {
        return Ok(norms);
    }
    let compared: Vec<_> = plan.nodes.iter().filter_map(comparison).collect();
    let memories: Pool<Memory> = Pool::default();
    let nothing = Norms::default();
    let work = |block: Block| {
        let mut memory = memories.take();
        let mut found = vec![Norms::new(plan.peer_tables); days.len()];
        let mut buffer = Vec::new();
        block.each(|_, facts| {
            let facts = plan.ordered(facts, &mut buffer);
            for (day, norms) in days.iter().zip(&mut found) {
                let mut evaluator = Evaluator::new(plan, &nothing, &mut memory, &facts, *day);
                for asked in &compared {
                    peers::observe(&mut evaluator, asked, norms);
                }
            }
        });
        memories.give_back(memory);
        found
    };
    pass(job.journal, reading, temporary, work, |found: Vec<Norms>| -> Result<(), ScoreError> {
        norms.iter_mut().zip(&found).for_each(|(norms, more)| norms.merge(more));
        Ok(())
    })?;
    Ok(norms)
}

fn comparison(node: &Node) -> Option<&PeersNode> {
    match &node.kind {
        NodeKind::Peers(peers) => Some(peers),
        _ => None,
    }
}

struct Scorer<'a> {
    plan: &'a Plan,
    /// One for each common index day.
    norms: &'a [Norms],
    days: &'a IndexDays,
    names: &'a Names,
    scores: Encoder,
    contributions: Option<Encoder>,
    memories: Pool<Memory>,
    lines_before: AtomicUsize,
}

/// A block's results, ready to be appended.
struct Scored<T> {
    kept: Vec<T>,
    scores: Option<EncodedBlock>,
    contributions: Option<EncodedBlock>,
    noticed: Noticed,
    counts: Counts,
}

impl Scorer<'_> {
    fn score<T>(
        &self,
        block: &Block,
        keep: &(impl Fn(Id, &mut Seen) -> Option<T> + Sync),
    ) -> Result<Scored<T>, ScoreError> {
        let mut outcomes = Vec::with_capacity(self.plan.models.len());
        let mut kept = Vec::new();
        let mut ids = block.patients.first().map_or_else(|| Ids::Whole(Vec::new()), |(c, _)| Ids::new(c.ids.kind()));
        let days = self.days.usual_number();
        let mut rows = ScoreRows::with_capacity(block.len() * self.plan.models.len() * days);
        let mut lines = ContributionRows::with_capacity(self.lines_before.load(Ordering::Relaxed));
        let mut memory = self.memories.take();
        memory.tidy();
        memory.tell_lines(self.contributions.is_some());
        let mut counts = Counts::default();
        let mut buffer = Vec::new();
        let noticed = block.each(|id, facts| {
            let patient = ids.len() as u32;
            ids.push(id);
            let facts = self.plan.ordered(facts, &mut buffer);
            for (index, day) in self.days.of(id).iter().enumerate() {
                let norms = &self.norms[index.min(self.norms.len() - 1)];
                let mut evaluator = Evaluator::new(self.plan, norms, &mut memory, &facts, *day);
                outcomes.clear();
                lines.turn(patient, *day, self.plan);
                for model in 0..self.plan.models.len() {
                    let outcome = evaluator.number(model);
                    if self.contributions.is_some() {
                        lines.push(&mut evaluator, self.names, model, outcome);
                    }
                    outcomes.push(outcome);
                }
                rows.push(patient, *day, &outcomes);
                kept.extend(keep(id, &mut Seen::new(&mut evaluator, &outcomes)));
            }
        });
        counts.patients = ids.len();
        counts.reserved = noticed.reserved;
        counts.scores = rows.len();
        counts.contributions = lines.len();
        // Blocks are much alike: the next will need about as much room.
        self.lines_before.store(lines.len() + lines.len() / 16, Ordering::Relaxed);
        let scores = (counts.scores > 0)
            .then(|| self.scores.encode(&rows.finish(&ids, self.names, memory.known())))
            .transpose()?;
        self.memories.give_back(memory);
        let contributions = match &self.contributions {
            Some(encoder) if counts.contributions > 0 => Some(encoder.encode(&lines.finish(&ids, self.names))?),
            _ => None,
        };
        Ok(Scored { kept, scores, contributions, noticed, counts })
    }
}

struct Results<T> {
    kept: Vec<T>,
    scores: ResultFile,
    contributions: Option<ResultFile>,
    counts: Counts,
}

impl<T> Results<T> {
    fn take(&mut self, scored: Scored<T>) -> Result<(), ScoreError> {
        self.kept.extend(scored.kept);
        self.counts.patients += scored.counts.patients;
        self.counts.reserved += scored.counts.reserved;
        self.counts.scores += scored.counts.scores;
        self.counts.contributions += scored.counts.contributions;
        if let Some(block) = scored.scores {
            self.scores.append(block)?;
        }
        if let (Some(file), Some(block)) = (&mut self.contributions, scored.contributions) {
            file.append(block)?;
        }
        Ok(())
    }

    fn finish(self) -> Result<(Counts, Vec<T>), ScoreError> {
        self.scores.finish()?;
        if let Some(file) = self.contributions {
            file.finish()?;
        }
        Ok((self.counts, self.kept))
    }
}
