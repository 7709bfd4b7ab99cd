// Package disk tells how much room there is where a file stands, and whether a name still leads to the same file.
package disk

import (
	"errors"
	"io/fs"
	"os"
)

// Space is the room on a file system, in bytes, as far as this user may take it. The zero Space is one that can't be
// told.
type Space struct{ Free, Total uint64 }

// Known reports whether the file system has told of its room; some, and some platforms, never do.
func (s Space) Known() bool { return s.Total > 0 }

// Below reports whether less than so many percent are free. Of what is not known nothing is below.
func (s Space) Below(percent float64) bool {
	return s.Known() && float64(s.Free) < float64(s.Total)*percent/100
}

// File is what a name led to.
type File struct{ info fs.FileInfo }

// Look gives the file that a name leads to; the zero File if there is none.
func Look(path string) (File, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return File{}, nil
	}
	return File{info}, err
}

// Exists reports whether there was a file.
func (f File) Exists() bool { return f.info != nil }

// Same reports whether both are one file, whatever it holds by now.
func (f File) Same(g File) bool {
	return f.info != nil && g.info != nil && os.SameFile(f.info, g.info)
}
