//! Things that threads take, use and give back.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};

/// Things that threads take and give back.
#[derive(Debug, Default)]
pub struct Pool<T>(Mutex<Vec<T>>);

impl<T: Default> Pool<T> {
    #[must_use]
    pub fn take(&self) -> T {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    pub fn give_back(&self, item: T) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(item);
    }
}

/// A list whose room goes back to its pool when it is dropped: new memory costs the system more than what is written there.
#[derive(Debug)]
pub struct Lent<T> {
    items: Vec<T>,
    home: Option<Arc<Pool<Vec<T>>>>,
}

impl<T> Lent<T> {
    /// An empty list, with room when the pool has some.
    #[must_use]
    pub fn from(pool: &Arc<Pool<Vec<T>>>) -> Lent<T> {
        Lent { items: pool.take(), home: Some(Arc::clone(pool)) }
    }
}

impl<T> Default for Lent<T> {
    fn default() -> Lent<T> {
        Lent { items: Vec::new(), home: None }
    }
}

impl<T: Clone> Clone for Lent<T> {
    fn clone(&self) -> Lent<T> {
        Lent { items: self.items.clone(), home: None }
    }
}

impl<T> Deref for Lent<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.items
    }
}

impl<T> DerefMut for Lent<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.items
    }
}

impl<T> Drop for Lent<T> {
    fn drop(&mut self) {
        if let Some(home) = &self.home {
            self.items.clear();
            home.give_back(std::mem::take(&mut self.items));
        }
    }
}
