//! The value types of a desk: events, facts, sources, actors, dates, markings.
//!
//! Nothing here reads a file or a clock. Text fields hold *plain text, never Markdown*, with
//! control characters already replaced by visible pictures (see [`text::clean`]).

pub mod actor;
pub mod conflict;
pub mod csl;
pub mod date;
pub mod desk;
pub mod event;
pub mod fact;
pub mod id;
pub mod marking;
pub mod missing;
pub mod provenance;
pub mod settings;
pub mod source;
pub mod style;
pub mod text;

pub use actor::{Actor, ActorKind, Role};
pub use date::{Day, Edtf};
pub use desk::{Desk, FactAt};
pub use event::{Event, EventStatus, Place};
pub use fact::{
    Allow, Approx, Assessment, Fact, FactKind, FactStatus, FactUse, Figure, Priority, Quote, Relation, RelationKind,
    SourceUse,
};
pub use id::{FactRef, IdError};
pub use marking::Marking;
pub use settings::Settings;
pub use source::{Attribution, Directness, Reliability, Source, SourceStatus};
pub use style::StyleFile;
