//! The threads of a pass: each takes the task at hand, brings back what it made, and asks again until nothing is left.
//!
//! Blocks go before row groups, so that no more is read than is needed to keep every thread busy.

use super::block::Block;
use super::journal_files::ReadError;
use super::pass::Pass;
use super::read::Reading;
use super::task::{Done, Task};
use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// What all threads of a pass share.
pub(super) struct Crew<R, E, T> {
    state: Mutex<State<E>>,
    changed: Condvar,
    results: Mutex<InOrder<R, T>>,
}

struct State<E> {
    pass: Pass,
    /// Row groups that some thread is reading.
    reading: usize,
    /// No further task is given out: something failed.
    stopped: bool,
    failure: Option<E>,
}

/// Results by the number of their block, handed on in order.
struct InOrder<R, T> {
    next: usize,
    early: BTreeMap<usize, R>,
    take: T,
}

impl<R, E, T> Crew<R, E, T>
where
    R: Send,
    E: From<ReadError> + Send,
    T: FnMut(R) -> Result<(), E> + Send,
{
    pub fn new(pass: Pass, take: T) -> Self {
        Crew {
            state: Mutex::new(State { pass, reading: 0, stopped: false, failure: None }),
            changed: Condvar::new(),
            results: Mutex::new(InOrder { next: 0, early: BTreeMap::new(), take }),
        }
    }

    /// Does tasks until nothing is left to do.
    pub fn work(&self, reading: &Reading, work: &(impl Fn(Block) -> R + Sync)) {
        let _end = StopOnPanic(self);
        while let Some(task) = self.next_task() {
            if let Err(failure) = task.run(reading, work).map_err(E::from).and_then(|done| self.bring(done)) {
                let mut state = self.lock();
                state.stopped = true;
                state.failure.get_or_insert(failure);
                self.changed.notify_all();
            }
        }
    }

    /// The pass, once every thread has ended.
    ///
    /// # Errors
    /// What stopped it.
    pub fn finish(self) -> Result<Pass, E> {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        state.failure.map_or(Ok(state.pass), Err)
    }

    fn next_task(&self) -> Option<Task> {
        let mut state = self.lock();
        while !state.stopped {
            if let Some(task) = state.pass.next_task() {
                state.reading += usize::from(matches!(task, Task::Read(..)));
                return Some(task);
            }
            if state.reading == 0 {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        None
    }

    fn bring(&self, done: Done<R>) -> Result<(), E> {
        match done {
            Done::Work(block, result) => self.hand_on(block, result),
            Done::Read(read) => {
                let mut state = self.lock();
                state.reading -= 1;
                state.pass.take_in(read);
                self.changed.notify_all();
                Ok(())
            }
        }
    }

    fn hand_on(&self, block: usize, result: R) -> Result<(), E> {
        let mut results = self.results.lock().unwrap_or_else(PoisonError::into_inner);
        let InOrder { next, early, take } = &mut *results;
        early.insert(block, result);
        while let Some(result) = early.remove(&*next) {
            *next += 1;
            take(result)?;
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, State<E>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets the others end when a thread dies, so that none waits for what will not come.
struct StopOnPanic<'c, R, E, T>(&'c Crew<R, E, T>);

impl<R, E, T> Drop for StopOnPanic<'_, R, E, T> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.state.lock().unwrap_or_else(PoisonError::into_inner).stopped = true;
            self.0.changed.notify_all();
        }
    }
}
