package api

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"

	"github.com/rung-app/rung/internal/disk"
	"github.com/rung-app/rung/internal/fault"
)

// spoolMemory is how much a spool holds in memory; the rest goes to a file.
const spoolMemory = 1 << 20

// What spools take of the disk for temporary files: so much all together, and none of the last of its room.
const (
	spoolsMost = 4 << 30 // bytes
	spoolsFree = 5       // percent
	spoolsLook = 8 << 20 // bytes, after each of which a spool asks how much room is left
)

// spools counts what all spools together have on the disk.
type spools struct {
	most  int64
	bytes atomic.Int64
}

// spool takes bytes in and gives them back, however many there are. Its file has no name from the beginning on, so
// that none is left behind however the process ends. It must be closed.
type spool struct {
	among  *spools
	memory bytes.Buffer
	file   *os.File
	size   int64 // of the file
}

func (s *spool) write(b []byte) error {
	if s.file == nil && s.memory.Len()+len(b) <= spoolMemory {
		s.memory.Write(b)
		return nil
	}
	if s.file == nil {
		f, err := os.CreateTemp("", "rung-spool-")
		if err != nil {
			return fault.Unavailable(fmt.Errorf("make a temporary file: %w", err))
		}
		s.file = f
		if err := os.Remove(f.Name()); err != nil {
			return fault.Unavailable(fmt.Errorf("hide a temporary file: %w", err))
		}
	}
	if err := s.take(int64(len(b))); err != nil {
		return err
	}
	if _, err := s.file.Write(b); err != nil {
		return fault.Unavailable(fmt.Errorf("write a temporary file: %w", err))
	}
	return nil
}

// take lets the file grow, or not: snapshots for slow readers must not be what fills the disk.
func (s *spool) take(n int64) error {
	if s.size/spoolsLook != (s.size+n)/spoolsLook {
		if space, err := disk.Of(os.TempDir()); err == nil && space.Below(spoolsFree) {
			return fault.Unavailable(errors.New("the disk for temporary files is almost full"))
		}
	}
	s.size += n // close gives it back, whether or not it was had
	if s.among.bytes.Add(n) > s.among.most {
		return fault.Unavailable(fmt.Errorf("snapshots that are under way take %d bytes of the disk already", s.among.most))
	}
	return nil
}

// pieces gives all that was written, in order, in pieces of at most size bytes, which take must not keep.
func (s *spool) pieces(size int, take func([]byte) error) error {
	for b := s.memory.Bytes(); len(b) > 0; {
		n := min(size, len(b))
		if err := take(b[:n]); err != nil {
			return err
		}
		b = b[n:]
	}
	if s.file == nil {
		return nil
	}
	s.memory = bytes.Buffer{}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	b := make([]byte, size)
	for {
		n, err := io.ReadFull(s.file, b)
		if n > 0 {
			if err := take(b[:n]); err != nil {
				return err
			}
		}
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return nil
		case err != nil:
			return err
		}
	}
}

func (s *spool) close() {
	if s.file != nil {
		_ = s.file.Close()
		s.among.bytes.Add(-s.size)
	}
}
