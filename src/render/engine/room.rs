//! Where a page goes, and what its template is given.

use std::io::{self, Write};

use tera::{Context as Values, Value, value::Key};

/// A page that refuses what goes past its end.
pub(super) struct Room<'a> {
    pub(super) out: &'a mut Vec<u8>,
    pub(super) end: usize,
    pub(super) is_full: bool,
}

impl Write for Room<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.is_full |= self.out.len() + bytes.len() > self.end;
        if self.is_full {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.out.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write(bytes).map(drop)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A view as the values of a template. The names of its members stand in the program: they are not copied.
pub(super) fn values(view: Value) -> Values {
    let mut values = Values::new();
    for (name, value) in view.into_map().unwrap_or_default() {
        match name {
            Key::Str(name) => values.insert_value(name, value),
            name => values.insert_value(name.to_string(), value),
        }
    }
    values
}
