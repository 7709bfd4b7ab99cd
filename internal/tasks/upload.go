package tasks

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"sync"

	"github.com/gabriel-vasile/mimetype"
	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/files"
)

// Files says where attached files are kept, and how much may be.
type Files struct {
	Store      files.Store
	MaxFile    int64 // bytes of one file
	MaxStorage int64 // bytes of all files of a workspace, those in the trash too

	// Writable refuses, before a file is taken in, while nothing can be written; nil never does.
	Writable func(context.Context) error
}

// keeping is Files and what this process knows of them.
type keeping struct {
	Files
	signing signing
	sweep   fileSweep

	mu   sync.Mutex
	busy map[uuid.UUID]bool // files that are being taken in, for which there is no row yet
}

// KeepFiles says where attached files are kept. Without it there are none. It must be called before the service is used.
func (s *Service) KeepFiles(f Files) {
	s.files = &keeping{Files: f, busy: map[uuid.UUID]bool{}}
}

// MaxFile is how many bytes an attached file may have.
func (s *Service) MaxFile() int64 {
	if s.files == nil {
		return 0
	}
	return s.files.MaxFile
}

var errNoFiles = errors.New("no store for attached files has been named")

func (s *Service) kept() (*keeping, error) {
	if s.files == nil {
		return nil, fault.Unavailable(errNoFiles)
	}
	return s.files, nil
}

func (k *keeping) begin(blob uuid.UUID, busy bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if busy {
		k.busy[blob] = true
	} else {
		delete(k.busy, blob)
	}
}

func (k *keeping) isBusy(blob uuid.UUID) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.busy[blob]
}

// Upload is a file that was taken in and hangs on nothing yet. It must be attached or discarded; what a process leaves
// behind that dies in between is swept.
type Upload struct {
	Size        int64
	SHA256      string // in hexadecimal
	ContentType string

	kept *keeping
	key  files.Key
	blob uuid.UUID
	done bool
}

// Receive takes a file in: never all of it in memory, and no more than one may have. It refuses at once what Attach would
// refuse whatever came.
func (s *Service) Receive(ctx context.Context, c Caller, ws uuid.UUID, task string, from io.Reader) (*Upload, error) {
	k, err := s.kept()
	if err != nil {
		return nil, err
	}
	if k.Writable != nil {
		if err := k.Writable(ctx); err != nil {
			return nil, err
		}
	}
	if _, err := s.read(ctx, c, ws, func(v View, a *Access) error {
		t, err := findIn(v, a, task)
		if err != nil {
			return err
		}
		if err := a.Can(AttachFile, t.Task.Project); err != nil {
			return err
		}
		if err := a.frame.inUse(t.Task.Project); err != nil {
			return err
		}
		used, err := storageIn(v)
		if err == nil && used >= k.MaxStorage {
			err = storageFull()
		}
		return err
	}); err != nil {
		return nil, err
	}
	u := &Upload{kept: k, blob: s.newID()}
	u.key = files.KeyOf(ws, u.blob)
	k.begin(u.blob, true)
	look := &inspector{from: from, left: k.MaxFile, sum: sha256.New()}
	if err := k.Store.Put(ctx, u.key, look); err != nil {
		k.begin(u.blob, false)
		return nil, err
	}
	u.Size, u.SHA256 = look.size, hex.EncodeToString(look.sum.Sum(nil))
	u.ContentType = mimetype.Detect(look.head).String()
	return u, nil
}

// inspector learns all that must be known of a file while it passes.
type inspector struct {
	from io.Reader
	left int64 // bytes that may still come
	size int64
	sum  hash.Hash
	head []byte
}

// headSize is how much of a file is looked at to find out what it is.
const headSize = 3072

// Read implements io.Reader.
func (i *inspector) Read(p []byte) (int, error) {
	n, err := i.from.Read(p)
	if int64(n) > i.left {
		return 0, fault.New(fault.KindTooLarge, "file-too-large", "The file is larger than files may be.")
	}
	i.left, i.size = i.left-int64(n), i.size+int64(n)
	i.sum.Write(p[:n])
	if room := headSize - len(i.head); room > 0 {
		i.head = append(i.head, p[:min(n, room)]...)
	}
	return n, err
}

// claim uses an upload up.
func (u *Upload) claim() error {
	if u.done {
		return errors.New("a file was attached twice")
	}
	u.done = true
	return nil
}

// settle is told how attaching went. Only a refusal that says that nothing was committed may cost the bytes; whatever may
// still turn out to have been is left to the sweep. Bytes that were there already are not needed twice.
func (u *Upload) settle(ctx context.Context, err error, created bool) {
	kind := fault.KindOf(err)
	switch {
	case err == nil && created, err != nil && (kind == fault.KindInternal || kind == fault.KindUnavailable):
		u.kept.begin(u.blob, false)
	case err != nil:
		u.done = false // and so the caller's to discard
	default:
		u.drop(ctx)
	}
}

// Discard removes a file that was not attached. After Attach has been successful it does nothing.
func (u *Upload) Discard(ctx context.Context) {
	if !u.done {
		u.done = true
		u.drop(ctx)
	}
}

func (u *Upload) drop(ctx context.Context) {
	_ = u.kept.Store.Delete(context.WithoutCancel(ctx), u.key) // what can't be deleted now is swept later
	u.kept.begin(u.blob, false)
}
