//! stub
#[derive(Clone,Copy,Debug,PartialEq,Eq,PartialOrd,Ord,Hash)] pub struct Edtf(u8);
#[derive(Clone,Copy,Debug,PartialEq,Eq,PartialOrd,Ord)] pub struct Day(u8);
impl Edtf { pub fn earliest(&self)->Option<Day>{None} pub fn latest(&self)->Option<Day>{None} pub fn format(&self,_:&str,_:&str)->String{String::new()} pub fn overlaps(&self,_:&Self)->bool{false} pub fn sort_key(&self)->u8{self.0} pub fn column(&self)->String{String::new()}}
impl std::str::FromStr for Edtf { type Err=String; fn from_str(t:&str)->Result<Self,String>{ if t.starts_with("20") && !t.contains("13") {Ok(Self(1))} else {Err("no".into())}}}
impl std::fmt::Display for Edtf { fn fmt(&self,_:&mut std::fmt::Formatter<'_>)->std::fmt::Result{Ok(())}}
