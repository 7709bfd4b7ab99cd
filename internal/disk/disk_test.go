package disk

import (
	"os"
	"path/filepath"
	"testing"
)

func TestBelow(t *testing.T) {
	for _, c := range []struct {
		space   Space
		percent float64
		want    bool
	}{
		{Space{Free: 49, Total: 1000}, 5, true},
		{Space{Free: 50, Total: 1000}, 5, false},
		{Space{Free: 0, Total: 1000}, 0, false},
		{Space{}, 5, false}, // a file system that does not tell
	} {
		if got := c.space.Below(c.percent); got != c.want {
			t.Errorf("%+v below %v %%: %v", c.space, c.percent, got)
		}
	}
}

func TestOfAFolder(t *testing.T) {
	s, err := Of(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if s.Free > s.Total {
		t.Errorf("%+v has more free than there is", s)
	}
	if _, err := Of(filepath.Join(t.TempDir(), "absent")); err == nil && s.Known() {
		t.Error("a folder that is not there has room")
	}
}

func TestAnotherFileOfTheSameNameIsAnother(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	look := func() File {
		t.Helper()
		f, err := Look(path)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	put := func(at, text string) {
		t.Helper()
		if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	absent := look()
	put(path, "one")
	first := look()
	put(path, "one and more")
	if absent.Exists() || !first.Exists() || !first.Same(look()) || first.Same(absent) || absent.Same(absent) {
		t.Error("a file that grew is not taken for itself, or one that is not there for one")
	}
	put(path+".new", "two")
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
	if first.Same(look()) {
		t.Error("a file was replaced and is taken for the same")
	}
}
