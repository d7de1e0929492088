//! What lies in a layer, and what each thing in it is joined to.

use super::Px;

/// One thing in a layer: a box, or a lane.
#[derive(Debug)]
pub(super) struct Slot {
    /// The box; `None` for a lane.
    pub(super) block: Option<usize>,
    pub(super) layer: usize,
    pub(super) height: Px,
    /// What it is joined to in the layer before: own height, the other slot, the height there.
    pub(super) before: Vec<Joint>,
    /// What it is joined to in the layer after.
    pub(super) after: Vec<Joint>,
}

/// One end of a piece of a line, as seen from the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Joint {
    /// How far below the slot's upper edge the piece begins.
    pub(super) own: Px,
    /// The slot at its other end.
    pub(super) slot: usize,
    /// How far below that slot's upper edge it ends.
    pub(super) other: Px,
    /// How much it weighs that the piece runs straight.
    pub(super) weight: Px,
}
