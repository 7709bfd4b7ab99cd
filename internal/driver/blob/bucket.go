// Package blob keeps attached files in what gocloud.dev/blob calls a bucket: today a folder of this machine.
package blob

import (
	"context"
	"errors"
	"fmt"
	"io"

	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/files"
)

// contentType is that of everything: what a file is, is known to whoever put it here.
const contentType = "application/octet-stream"

// bucket is what is the same for every kind of bucket.
type bucket struct{ b *blob.Bucket }

var errKey = errors.New("a key of a file that no file can have")

// put writes a file. finish is called when all of it has been written and before it can be seen.
func (s bucket) put(ctx context.Context, key files.Key, from io.Reader, o *blob.WriterOptions, finish func() error) error {
	if !key.Safe() {
		return errKey
	}
	ctx, cancel := context.WithCancel(ctx) // which is how a writer is told to give up
	defer cancel()
	o.ContentType = contentType
	w, err := s.b.NewWriter(ctx, string(key), o)
	if err != nil {
		return unavailable("begin a file", err)
	}
	source := &reading{from: from}
	_, err = io.Copy(struct{ io.Writer }{w}, source) // its own way of copying takes a megabyte for each file
	if err == nil {
		err = finish()
	}
	if err != nil {
		cancel()
		_ = w.Close() // it has been told to give up
		if source.err != nil {
			return source.err
		}
		return unavailable("write a file", err)
	}
	if err := w.Close(); err != nil {
		return unavailable("keep a file", err)
	}
	return nil
}

// reading remembers why its source failed, if it did.
type reading struct {
	from io.Reader
	err  error
}

// Read implements io.Reader.
func (r *reading) Read(p []byte) (int, error) {
	n, err := r.from.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		r.err = err
	}
	return n, err
}

func (s bucket) open(ctx context.Context, key files.Key, offset, length int64) (io.ReadCloser, error) {
	if !key.Safe() {
		return nil, errKey
	}
	r, err := s.b.NewRangeReader(ctx, string(key), offset, length, nil)
	switch {
	case gcerrors.Code(err) == gcerrors.NotFound:
		return nil, files.Missing()
	case err != nil:
		return nil, unavailable("open a file", err)
	}
	return r, nil
}

func unavailable(what string, err error) error {
	return fault.Unavailable(fmt.Errorf("%s: %w", what, err))
}
