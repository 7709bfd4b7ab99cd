// Package files is the port to where attached files are kept: bytes under keys, nothing else. What they are, whose they
// are and who may have them is known to the domain that put them there. Package filestest holds what every store must
// show.
package files

import (
	"context"
	"io"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

// Key is the name of what is kept: a workspace's id and a file's id with a slash between them. Nothing that a client
// says becomes a part of it.
type Key string

// KeyOf makes a key.
func KeyOf(ws, id uuid.UUID) Key { return Key(ws.String() + "/" + id.String()) }

// IDs gives what a key was made of, false if it was not made by KeyOf.
func (k Key) IDs() (ws, id uuid.UUID, ok bool) {
	if len(k) != 36+1+36 || k[36] != '/' {
		return ws, id, false
	}
	ws, err := uuid.Parse(string(k[:36]))
	if err != nil {
		return ws, id, false
	}
	id, err = uuid.Parse(string(k[37:]))
	return ws, id, err == nil && KeyOf(ws, id) == k
}

// Safe reports whether a key stays where it belongs: it is made of a folder and a name, of letters, digits, hyphens and
// dots. Stores refuse others.
func (k Key) Safe() bool {
	folder, name, ok := strings.Cut(string(k), "/")
	return ok && plain(folder) && plain(name)
}

func plain(s string) bool {
	if s == "" || len(s) > 120 || s[0] == '.' {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '.'
	})
}

// Info is what a store knows of what it keeps.
type Info struct {
	Key      Key
	Size     int64
	Modified time.Time
}

// Store keeps bytes under keys. It is safe for concurrent use. What it can't do just now is fault.Unavailable.
type Store interface {
	// Put keeps what from gives, durably before it returns, all of it or nothing: nobody ever opens a part. What was
	// there under the key is replaced. An error of from is returned as it is.
	Put(ctx context.Context, key Key, from io.Reader) error
	// Open gives length bytes from offset on, fewer at the end of the file; with a negative length all that are left.
	// It gives fault.NotFound if there is nothing under the key. The reader must be closed; what is deleted meanwhile
	// may be read to its end or break off.
	Open(ctx context.Context, key Key, offset, length int64) (io.ReadCloser, error)
	// Delete removes what is under the key. It is no error if there is nothing.
	Delete(ctx context.Context, key Key) error
	// List gives at most limit of what is kept, in the order of the keys, behind the key after, "" being in front of
	// all. What a Put that was broken off has left behind is listed too, under a key that KeyOf does not make.
	List(ctx context.Context, after Key, limit int) ([]Info, error)
}

// Missing is what Open says if there is nothing.
func Missing() error { return fault.NotFound() }
