package blob_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/driver/blob"
	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/files"
	"github.com/rung-app/rung/internal/files/filestest"
)

func folder(t *testing.T) (*blob.Folder, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "deep", "files")
	f, err := blob.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f, dir
}

func TestFolder(t *testing.T) {
	filestest.Run(t, func(t *testing.T) files.Store {
		f, _ := folder(t)
		return f
	})
}

// TestLinksLeadNowhere puts symbolic links where files and folders belong.
func TestLinksLeadNowhere(t *testing.T) {
	f, dir := folder(t)
	outside := t.TempDir()
	ws, id := uuid.New(), uuid.New()
	if err := os.WriteFile(filepath.Join(outside, id.String()), []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	link := func(to, name string) {
		t.Helper()
		if err := os.Symlink(to, name); err != nil {
			t.Fatal(err)
		}
	}
	linked, other := uuid.New(), uuid.New()
	link(outside, filepath.Join(dir, linked.String()))
	if err := f.Put(t.Context(), files.KeyOf(ws, other), strings.NewReader("mine")); err != nil {
		t.Fatal(err)
	}
	link(filepath.Join(outside, id.String()), filepath.Join(dir, ws.String(), id.String()))
	for _, key := range []files.Key{files.KeyOf(linked, id), files.KeyOf(ws, id)} {
		if r, err := f.Open(t.Context(), key, 0, -1); !errors.Is(err, fault.NotFound()) {
			if err == nil {
				r.Close()
			}
			t.Errorf("%s opens: %v", key, err)
		}
	}
	if err := f.Put(t.Context(), files.KeyOf(linked, uuid.New()), strings.NewReader("x")); fault.KindOf(err) != fault.KindUnavailable {
		t.Errorf("a file was put behind a link: %v", err)
	}
	if err := f.Delete(t.Context(), files.KeyOf(linked, id)); err == nil {
		t.Error("a file behind a link was deleted")
	}
	// a link itself is replaced and deleted, and what it leads to stays
	if err := f.Put(t.Context(), files.KeyOf(ws, id), strings.NewReader("new")); err != nil {
		t.Error(err)
	}
	if b, err := os.ReadFile(filepath.Join(outside, id.String())); err != nil || string(b) != "secret" {
		t.Errorf("what is outside is %q: %v", b, err)
	}
	if all, err := os.ReadDir(outside); err != nil || len(all) != 1 {
		t.Errorf("outside are %v, %v", all, err)
	}
	if all, err := f.List(t.Context(), "", 10); err != nil || len(all) != 2 {
		t.Errorf("listed: %v, %v", all, err)
	}
}

func TestNobodyElseReadsTheFolder(t *testing.T) {
	f, dir := folder(t)
	key := files.KeyOf(uuid.New(), uuid.New())
	if err := f.Put(t.Context(), key, strings.NewReader("x")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{dir, filepath.Join(dir, string(key[:36]))} {
		info, err := os.Stat(name)
		if err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%s has %v, %v", name, info.Mode(), err)
		}
	}
}

// TestWhatWasBrokenOffIsListed has a process die in the middle of a file, as far as the folder can tell.
func TestWhatWasBrokenOffIsListed(t *testing.T) {
	f, dir := folder(t)
	key := files.KeyOf(uuid.New(), uuid.New())
	block, begun := make(chan struct{}), make(chan struct{})
	done := make(chan error)
	go func() {
		done <- f.Put(t.Context(), key, readerFunc(func(p []byte) (int, error) {
			begun <- struct{}{}
			<-block
			return 0, io.ErrUnexpectedEOF
		}))
	}()
	<-begun
	all, err := f.List(t.Context(), "", 10)
	if err != nil || len(all) != 1 || all[0].Key == key || !strings.HasPrefix(string(all[0].Key), string(key)) {
		t.Fatalf("listed: %v, %v", all, err)
	}
	if _, _, ok := all[0].Key.IDs(); ok {
		t.Errorf("%s looks like a whole file", all[0].Key)
	}
	left := filepath.Join(dir, filepath.FromSlash(string(all[0].Key)))
	if err := os.Link(left, left+"-left.tmp"); err != nil {
		t.Fatal(err)
	}
	close(block)
	if err := <-done; !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error(err)
	}
	if err := f.Delete(t.Context(), all[0].Key+"-left.tmp"); err != nil {
		t.Error(err)
	}
	if all, err := f.List(t.Context(), "", 10); err != nil || len(all) != 0 {
		t.Errorf("left: %v, %v", all, err)
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestKeys(t *testing.T) {
	ws, id := uuid.New(), uuid.New()
	if w, i, ok := files.KeyOf(ws, id).IDs(); w != ws || i != id || !ok {
		t.Errorf("%v %v %v", w, i, ok)
	}
	for _, bad := range []files.Key{
		"", "/", files.Key(ws.String()), files.KeyOf(ws, id) + ".tmp", files.Key(ws.String() + "-" + id.String()),
		files.Key(strings.ToUpper("a"+string(files.KeyOf(ws, id))[1:])) + "x",
	} {
		if _, _, ok := bad.IDs(); ok {
			t.Errorf("%q was made of ids", bad)
		}
	}
}
