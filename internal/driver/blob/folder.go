package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gocloud.dev/blob"
	"gocloud.dev/blob/fileblob"

	"github.com/rung-app/rung/internal/files"
)

// Folder keeps files in a folder of this machine: one below it for each workspace, in it a file for each key. The
// bucket underneath neither waits for the disk nor minds where symbolic links lead; Folder does both.
type Folder struct {
	bucket
	root *os.Root
}

var _ files.Store = (*Folder)(nil)

// OpenFolder opens a folder, which is made if it is absent, for nobody else to read. It must be closed.
func OpenFolder(dir string) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder for files: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open the folder for files: %w", err)
	}
	// A temporary file must be on the disk that the file is to be on, and no file needs another beside it that
	// describes it.
	b, err := fileblob.OpenBucket(dir, &fileblob.Options{NoTempDir: true, DirFileMode: 0o700, Metadata: fileblob.MetadataDontWrite})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open the folder for files: %w", err), root.Close())
	}
	return &Folder{bucket{b}, root}, nil
}

// Close lets go of the folder.
func (f *Folder) Close() error { return errors.Join(f.b.Close(), f.root.Close()) }

// Put implements files.Store. The bytes are on the disk before the file has its name, and the name is before Put
// returns.
func (f *Folder) Put(ctx context.Context, key files.Key, from io.Reader) error {
	if !key.Safe() {
		return errKey
	}
	sub, _, _ := strings.Cut(string(key), "/")
	if err := f.folder(sub); err != nil {
		return unavailable("make a workspace's folder", err)
	}
	var written *os.File
	o := &blob.WriterOptions{BeforeWrite: func(as func(any) bool) error {
		if !as(&written) {
			return errors.New("a bucket without a file")
		}
		return nil
	}}
	if err := f.put(ctx, key, from, o, func() error { return written.Sync() }); err != nil {
		return err
	}
	if err := f.sync(sub); err != nil {
		return unavailable("keep a file's name", err)
	}
	return nil
}

// folder makes a folder, unless it is there. A symbolic link is none.
func (f *Folder) folder(name string) error {
	err := f.root.Mkdir(name, 0o700)
	if err == nil {
		return f.sync(".")
	}
	if !errors.Is(err, fs.ErrExist) {
		return err
	}
	info, err := f.root.Lstat(name)
	if err == nil && !info.IsDir() {
		err = errors.New("it is no folder")
	}
	return err
}

// sync puts the names in a folder on the disk.
func (f *Folder) sync(name string) error {
	d, err := f.root.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Open implements files.Store. What is no file, but a symbolic link for instance, is not there.
func (f *Folder) Open(ctx context.Context, key files.Key, offset, length int64) (io.ReadCloser, error) {
	if !key.Safe() {
		return nil, errKey
	}
	sub, _, _ := strings.Cut(string(key), "/")
	dir, err := f.root.Lstat(sub)
	if err == nil && dir.IsDir() {
		var info fs.FileInfo
		if info, err = f.root.Lstat(string(key)); err == nil && info.Mode().IsRegular() {
			return f.open(ctx, key, offset, length)
		}
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, unavailable("look for a file", err)
	}
	return nil, files.Missing()
}

// Delete implements files.Store.
func (f *Folder) Delete(_ context.Context, key files.Key) error {
	if !key.Safe() {
		return errKey
	}
	if err := f.root.Remove(filepath.FromSlash(string(key))); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return unavailable("delete a file", err)
	}
	return nil
}

// List implements files.Store. It reads the folders from the one of after on, rather than all of them for each call, as
// the bucket would.
func (f *Folder) List(ctx context.Context, after files.Key, limit int) ([]files.Info, error) {
	folders, err := f.names(".", fs.FileMode.IsDir)
	if err != nil {
		return nil, unavailable("list the workspaces' folders", err)
	}
	from, _, _ := strings.Cut(string(after), "/")
	var out []files.Info
	for _, sub := range folders {
		if sub < from {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		names, err := f.names(sub, fs.FileMode.IsRegular)
		if err != nil {
			return nil, unavailable("list a workspace's files", err)
		}
		for _, name := range names {
			key := files.Key(sub + "/" + name)
			if key <= after || !key.Safe() {
				continue
			}
			if len(out) == limit {
				return out, nil
			}
			info, err := f.root.Lstat(string(key))
			if errors.Is(err, fs.ErrNotExist) {
				continue // deleted meanwhile
			}
			if err != nil {
				return nil, unavailable("look at a file", err)
			}
			out = append(out, files.Info{Key: key, Size: info.Size(), Modified: info.ModTime()})
		}
	}
	return out, nil
}

// names gives the names in a folder of those that are of a kind, in their order.
func (f *Folder) names(folder string, kind func(fs.FileMode) bool) ([]string, error) {
	d, err := f.root.Open(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	entries, err := d.ReadDir(-1)
	if err := errors.Join(err, d.Close()); err != nil {
		return nil, err
	}
	var out []string
	for _, e := range entries {
		if kind(e.Type()) {
			out = append(out, e.Name())
		}
	}
	slices.Sort(out)
	return out, nil
}
