//! Small tools on the elements that a style is made of.

use std::collections::HashSet;

use hayagriva::citationberg::{Affixes, Formatting, LayoutRenderingElement as Element, NamesChild, Text, TextTarget};

/// An element that prints a target and nothing around it.
pub(super) fn text(target: TextTarget) -> Text {
    Text {
        target,
        formatting: Formatting::default(),
        affixes: Affixes::default(),
        display: None,
        quotes: false,
        strip_periods: false,
        text_case: None,
    }
}

/// Shows every element to `act`, those inside groups and choices included.
pub(super) fn each(elements: &mut [Element], act: &mut dyn FnMut(&mut Element)) {
    for element in elements {
        match element {
            Element::Group(group) => each(&mut group.children, act),
            Element::Choose(choose) => {
                each(&mut choose.if_.children, act);
                choose.else_if.iter_mut().for_each(|branch| each(&mut branch.children, act));
                choose.otherwise.iter_mut().for_each(|other| each(&mut other.children, act));
            }
            other => act(other),
        }
    }
}

/// The macros that elements call.
pub(super) fn called(elements: &[Element], names: &mut HashSet<String>) {
    for element in elements {
        match element {
            Element::Text(Text { target: TextTarget::Macro { name }, .. }) => {
                names.insert(name.clone());
            }
            Element::Group(group) => called(&group.children, names),
            Element::Names(of) => {
                for child in &of.children {
                    if let NamesChild::Substitute(substitute) = child {
                        called(&substitute.children, names);
                    }
                }
            }
            Element::Choose(choose) => {
                choose.branches().for_each(|branch| called(&branch.children, names));
                choose.otherwise.iter().for_each(|other| called(&other.children, names));
            }
            Element::Text(_) | Element::Date(_) | Element::Number(_) | Element::Label(_) => {}
        }
    }
}
