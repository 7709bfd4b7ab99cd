package api

import (
	"errors"
	"fmt"
	"os"
	"sync"
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

// spool takes bytes in and gives them back in order, however many there are, to one who may read them while they are
// still coming; whoever writes does not wait for her. Its file has no name from the beginning on, so that none is left
// behind however the process ends. Both sides must call their close when they are through.
type spool struct {
	among *spools

	mu     sync.Mutex
	more   sync.Cond
	memory []byte // the beginning; let go of when it has been read and there is a file
	first  int64  // bytes that are not in the file
	file   *os.File
	size   int64 // of the file, as counted among all
	there  int64 // bytes that can be read
	ended  bool  // nothing is written any more
	failed error // why it broke off
	open   int   // sides
}

func newSpool(among *spools) *spool {
	s := &spool{among: among, open: 2}
	s.more.L = &s.mu
	return s
}

// write takes whole bytes in. After an error nothing more may be written.
func (s *spool) write(b []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file == nil && len(s.memory)+len(b) <= spoolMemory {
		s.memory = append(s.memory, b...)
		s.first += int64(len(b))
	} else if err := s.writeFile(b); err != nil {
		return err
	}
	s.there += int64(len(b))
	s.more.Signal()
	return nil
}

func (s *spool) writeFile(b []byte) error {
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

// end says that all has been written, or why it broke off, and closes the side of the writer.
func (s *spool) end(why error) {
	s.mu.Lock()
	s.ended, s.failed = true, why
	s.more.Signal()
	s.mu.Unlock()
	s.close()
}

// wait returns when there is something to read at an offset, with how far it goes; the same offset when all has been read.
func (s *spool) wait(at int64) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.there == at && !s.ended {
		s.more.Wait()
	}
	if s.there == at {
		return at, s.failed
	}
	return s.there, nil
}

// pieces gives all that is written, in order, as it comes, in pieces of at most size bytes, which take must not keep. It
// returns when the writer has ended: with the error that it broke off with, if it did.
func (s *spool) pieces(size int, take func([]byte) error) error {
	var b []byte
	for at := int64(0); ; {
		to, err := s.wait(at)
		if err != nil || to == at {
			return err
		}
		piece, err := s.piece(at, min(to, at+int64(size)), &b)
		if err != nil {
			return err
		}
		if err := take(piece); err != nil {
			return err
		}
		at += int64(len(piece))
	}
}

// piece gives what is from one offset to another, or less of it. What comes out of the file is read into b.
func (s *spool) piece(at, to int64, b *[]byte) ([]byte, error) {
	s.mu.Lock()
	memory, first, file := s.memory, s.first, s.file
	if at >= first {
		s.memory = nil
	}
	s.mu.Unlock()
	if at < first {
		return memory[at:min(to, first)], nil
	}
	if int64(cap(*b)) < to-at {
		*b = make([]byte, to-at)
	}
	piece := (*b)[:to-at]
	_, err := file.ReadAt(piece, at-first)
	return piece, err
}

// close lets go of one side; the last one gives everything back.
func (s *spool) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open--; s.open == 0 && s.file != nil {
		_ = s.file.Close()
		s.among.bytes.Add(-s.size)
	}
}
