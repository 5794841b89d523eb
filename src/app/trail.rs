//! Where the writer was: the spots that `'` goes back through and `"` forward again.

use super::state::Spot;

/// How many spots are kept, the newest of them.
const MOST: usize = 100;

/// Spots before and behind the present one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trail {
    past: Vec<Spot>,
    future: Vec<Spot>,
}

impl Trail {
    /// A jump begins at `from`. What was ahead is another way now.
    pub fn leave(&mut self, from: Spot) {
        self.future.clear();
        push(&mut self.past, from);
    }

    /// The last spot that is another than `here`.
    pub fn back(&mut self, here: Spot) -> Option<Spot> {
        step(&mut self.past, &mut self.future, here)
    }

    /// The next spot that is another than `here`.
    pub fn forward(&mut self, here: Spot) -> Option<Spot> {
        step(&mut self.future, &mut self.past, here)
    }

    /// Every spot, to be changed where facts have other handles.
    pub fn spots(&mut self) -> impl Iterator<Item = &mut Spot> {
        self.past.iter_mut().chain(&mut self.future)
    }
}

fn push(spots: &mut Vec<Spot>, spot: Spot) {
    if spots.last() == Some(&spot) {
        return;
    }
    if spots.len() == MOST {
        spots.remove(0);
    }
    spots.push(spot);
}

fn step(from: &mut Vec<Spot>, to: &mut Vec<Spot>, here: Spot) -> Option<Spot> {
    while let Some(spot) = from.pop() {
        if spot != here {
            push(to, here);
            return Some(spot);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::Pane;

    fn spot(item: usize) -> Spot {
        Spot { pane: Pane::Brief, fact: None, item }
    }

    #[test]
    fn back_and_forward_walk_the_same_way() {
        let mut trail = Trail::default();
        trail.leave(spot(1));
        trail.leave(spot(2));
        assert_eq!(trail.back(spot(3)), Some(spot(2)));
        assert_eq!(trail.back(spot(2)), Some(spot(1)));
        assert_eq!(trail.back(spot(1)), None);
        assert_eq!(trail.forward(spot(1)), Some(spot(2)));
        assert_eq!(trail.forward(spot(2)), Some(spot(3)));
        assert_eq!(trail.forward(spot(3)), None);
        // A jump from the middle ends what was ahead.
        assert_eq!(trail.back(spot(3)), Some(spot(2)));
        trail.leave(spot(2));
        assert_eq!(trail.forward(spot(9)), None);
        assert_eq!(trail.back(spot(9)), Some(spot(2)));
    }

    #[test]
    fn a_spot_is_never_its_own_past_and_a_hundred_are_kept() {
        let mut trail = Trail::default();
        trail.leave(spot(1));
        trail.leave(spot(1));
        assert_eq!(trail.back(spot(1)), None);
        for n in 0..150 {
            trail.leave(spot(n));
        }
        let mut here = spot(999);
        let mut walked = 0;
        while let Some(spot) = trail.back(here) {
            here = spot;
            walked += 1;
        }
        assert_eq!((walked, here), (100, spot(50)));
    }
}
