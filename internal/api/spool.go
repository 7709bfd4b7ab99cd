package api

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/rung-app/rung/internal/fault"
)

// spoolMemory is how much a spool holds in memory; the rest goes to a file.
const spoolMemory = 1 << 20

// spool takes bytes in and gives them back, however many there are. Its file has no name from the beginning on, so
// that none is left behind however the process ends. The zero value is empty; it must be closed.
type spool struct {
	memory bytes.Buffer
	file   *os.File
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
	if _, err := s.file.Write(b); err != nil {
		return fault.Unavailable(fmt.Errorf("write a temporary file: %w", err))
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
	}
}
