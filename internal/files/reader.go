package files

import (
	"context"
	"errors"
	"io"
)

// Reader reads a file of a store from wherever it is told to. It is for one user at a time.
type Reader struct {
	ctx   context.Context //nolint:containedctx // an io.Reader has nowhere else to take it from
	store Store
	key   Key
	size  int64
	at    int64
	open  io.ReadCloser // stands at the offset at; nil if nothing is open
}

// NewReader makes a reader of a file whose size is known. Nothing is opened before it is read. ctx ends reading.
func NewReader(ctx context.Context, s Store, key Key, size int64) *Reader {
	return &Reader{ctx: ctx, store: s, key: key, size: size}
}

// Read implements io.Reader.
func (r *Reader) Read(p []byte) (int, error) {
	if r.at >= r.size {
		return 0, io.EOF
	}
	if r.open == nil {
		open, err := r.store.Open(r.ctx, r.key, r.at, r.size-r.at)
		if err != nil {
			return 0, err
		}
		r.open = open
	}
	n, err := r.open.Read(p[:min(int64(len(p)), r.size-r.at)])
	r.at += int64(n)
	if errors.Is(err, io.EOF) && r.at < r.size {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// Seek implements io.Seeker.
func (r *Reader) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += r.at
	case io.SeekEnd:
		offset += r.size
	}
	if offset < 0 {
		return 0, errors.New("seek in front of the beginning of a file")
	}
	if offset == r.at {
		return offset, nil
	}
	r.at = offset
	return offset, r.Close()
}

// Close lets go of the file. The reader can be used on.
func (r *Reader) Close() error {
	open := r.open
	if r.open = nil; open == nil {
		return nil
	}
	return open.Close()
}
