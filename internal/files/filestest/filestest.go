// Package filestest is what every store of files must show before it is one: each driver's own tests call Run.
package filestest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/files"
)

// Run tests a kind of store. open gives a new, empty one each time, with whatever must be cleaned up left to t.
func Run(t *testing.T, open func(t *testing.T) files.Store) {
	for name, test := range map[string]func(*keeper){
		"what is put is there":              there,
		"parts":                             parts,
		"seeking":                           seeking,
		"nothing":                           nothing,
		"a source that breaks off":          brokenOff,
		"giving up":                         givingUp,
		"replacing while it is read":        replacing,
		"lists":                             lists,
		"keys that lead elsewhere":          elsewhere,
		"many at once":                      atOnce,
		"a large one is not held in memory": large,
	} {
		t.Run(name, func(t *testing.T) { test(&keeper{t, open(t)}) })
	}
}

// keeper is a store under test.
type keeper struct {
	*testing.T
	files.Store
}

func newKey() files.Key { return files.KeyOf(uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7())) }

func (k *keeper) put(key files.Key, text string) {
	k.Helper()
	if err := k.Put(k.Context(), key, strings.NewReader(text)); err != nil {
		k.Fatal(err)
	}
}

// says gives a part of what is under a key.
func (k *keeper) says(key files.Key, offset, length int64) string {
	k.Helper()
	r, err := k.Open(k.Context(), key, offset, length)
	if err != nil {
		k.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		k.Fatal(err)
	}
	return string(b)
}

func (k *keeper) missing(key files.Key) {
	k.Helper()
	r, err := k.Open(k.Context(), key, 0, -1)
	if err == nil {
		r.Close()
	}
	if !errors.Is(err, fault.NotFound()) {
		k.Errorf("%s: got %v, want not found", key, err)
	}
}

func (k *keeper) listed() (out []files.Key) {
	k.Helper()
	infos, err := k.List(k.Context(), "", 1000)
	if err != nil {
		k.Fatal(err)
	}
	for _, i := range infos {
		out = append(out, i.Key)
	}
	return out
}

func there(k *keeper) {
	a, b := newKey(), newKey()
	k.put(a, "first")
	k.put(b, "")
	for key, want := range map[files.Key]string{a: "first", b: ""} {
		if got := k.says(key, 0, -1); got != want {
			k.Errorf("%q, want %q", got, want)
		}
	}
	for range 2 {
		if err := k.Delete(k.Context(), a); err != nil {
			k.Fatal(err)
		}
	}
	k.missing(a)
	if got := k.listed(); !slices.Equal(got, []files.Key{b}) {
		k.Errorf("left: %v", got)
	}
}

func parts(k *keeper) {
	key := newKey()
	k.put(key, "0123456789")
	for _, tt := range []struct {
		offset, length int64
		want           string
	}{{0, 4, "0123"}, {3, 4, "3456"}, {8, 10, "89"}, {5, -1, "56789"}, {0, 0, ""}, {10, -1, ""}} {
		if got := k.says(key, tt.offset, tt.length); got != tt.want {
			k.Errorf("%d bytes from %d on are %q, want %q", tt.length, tt.offset, got, tt.want)
		}
	}
}

func seeking(k *keeper) {
	key := newKey()
	text := strings.Repeat("0123456789", 20_000)
	k.put(key, text)
	r := files.NewReader(k.Context(), k.Store, key, int64(len(text)))
	defer r.Close()
	if err := iotest.TestReader(r, []byte(text)); err != nil {
		k.Error(err)
	}
	if _, err := r.Seek(-1, io.SeekStart); err == nil {
		k.Error("there is something in front of the beginning")
	}
	short := files.NewReader(k.Context(), k.Store, key, int64(len(text))+1)
	defer short.Close()
	if _, err := io.ReadAll(short); !errors.Is(err, io.ErrUnexpectedEOF) {
		k.Errorf("a file that is shorter than it should be is read with %v", err)
	}
}

func nothing(k *keeper) {
	k.missing(newKey())
	if got := k.listed(); len(got) != 0 {
		k.Errorf("an empty store has %v", got)
	}
	if err := k.Delete(k.Context(), newKey()); err != nil {
		k.Error(err)
	}
}

func brokenOff(k *keeper) {
	key, boom := newKey(), errors.New("boom")
	source := io.MultiReader(strings.NewReader(strings.Repeat("x", 100_000)), iotest.ErrReader(boom))
	if err := k.Put(k.Context(), key, source); !errors.Is(err, boom) {
		k.Errorf("got %v, want the source's error", err)
	}
	k.missing(key)
	k.put(key, "whole")
	if err := k.Put(k.Context(), key, iotest.ErrReader(boom)); !errors.Is(err, boom) {
		k.Errorf("got %v, want the source's error", err)
	}
	if got := k.says(key, 0, -1); got != "whole" {
		k.Errorf("what was there before is %q", got)
	}
	if got := k.listed(); len(got) != 1 {
		k.Errorf("something was left behind: %v", got)
	}
}

// givingUp ends the context in the middle.
func givingUp(k *keeper) {
	key := newKey()
	ctx, cancel := context.WithCancel(k.Context())
	source := io.MultiReader(strings.NewReader("begun"), readerFunc(func([]byte) (int, error) {
		cancel()
		return 0, io.EOF
	}))
	if err := k.Put(ctx, key, source); err == nil {
		k.Error("it was kept all the same")
	}
	k.missing(key)
	if got := k.listed(); len(got) != 0 {
		k.Errorf("something was left behind: %v", got)
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// replacing reads while another version is put: a reader gets one or the other.
func replacing(k *keeper) {
	key := newKey()
	versions := []string{strings.Repeat("a", 200_000), strings.Repeat("b", 200_000)}
	k.put(key, versions[0])
	var all sync.WaitGroup
	all.Go(func() {
		for i := range 20 {
			if err := k.Put(k.Context(), key, strings.NewReader(versions[i%2])); err != nil {
				k.Error(err)
			}
		}
	})
	for range 40 {
		r, err := k.Open(k.Context(), key, 0, -1)
		if err != nil {
			k.Error(err)
			break
		}
		b, err := io.ReadAll(r)
		r.Close()
		if err != nil || !slices.Contains(versions, string(b)) {
			k.Errorf("%d bytes are neither version (%v)", len(b), err)
		}
	}
	all.Wait()
}

func lists(k *keeper) {
	began := time.Now().Add(-time.Minute)
	var want []files.Key
	for range 3 {
		ws := uuid.Must(uuid.NewV7())
		for range 4 {
			key := files.KeyOf(ws, uuid.New())
			k.put(key, string(key[:9]))
			want = append(want, key)
		}
	}
	slices.Sort(want)
	for limit := 1; limit <= len(want)+1; limit++ {
		var got []files.Key
		for after := files.Key(""); ; after = got[len(got)-1] {
			some, err := k.List(k.Context(), after, limit)
			if err != nil {
				k.Fatal(err)
			}
			for _, i := range some {
				got = append(got, i.Key)
				if i.Size != 9 || i.Modified.Before(began) {
					k.Errorf("%+v", i)
				}
			}
			if len(some) < limit {
				break
			}
		}
		if !slices.Equal(got, want) {
			k.Errorf("%d at a time: %v, want %v", limit, got, want)
		}
	}
}

func elsewhere(k *keeper) {
	ws, id := uuid.NewString(), uuid.NewString()
	for _, key := range []files.Key{
		"", "/", "..", "../x", files.Key("../" + ws), files.Key(ws), files.Key(ws + "/"), files.Key("/" + ws + "/" + id), files.Key(ws + "/../" + id),
		files.Key(ws + "/.." + id), files.Key(ws + "/" + id + "/x"), files.Key(ws + "/a\x00b"), files.Key(ws + `\` + id), files.Key(ws + "/.hidden"),
	} {
		if err := k.Put(k.Context(), key, strings.NewReader("x")); err == nil {
			k.Errorf("%q is kept", key)
		}
		if r, err := k.Open(k.Context(), key, 0, -1); err == nil {
			r.Close()
			k.Errorf("%q is opened", key)
		}
		if err := k.Delete(k.Context(), key); err == nil {
			k.Errorf("%q is deleted", key)
		}
	}
	if got := k.listed(); len(got) != 0 {
		k.Errorf("something was made: %v", got)
	}
}

func atOnce(k *keeper) {
	ws := uuid.New()
	var all sync.WaitGroup
	for i := range 30 {
		all.Go(func() {
			key := files.KeyOf(ws, uuid.New())
			text := fmt.Sprint("file ", i)
			if err := k.Put(k.Context(), key, strings.NewReader(text)); err != nil {
				k.Error(err)
				return
			}
			if got := k.says(key, 0, -1); got != text {
				k.Errorf("%q, want %q", got, text)
			}
		})
	}
	all.Wait()
	if got := k.listed(); len(got) != 30 {
		k.Errorf("%d are there, want 30", len(got))
	}
}

// large counts what is allocated for much more than that.
func large(k *keeper) {
	const size = 8 << 20
	key := newKey()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if err := k.Put(k.Context(), key, io.LimitReader(zeros{}, size)); err != nil {
		k.Fatal(err)
	}
	r := files.NewReader(k.Context(), k.Store, key, size)
	defer r.Close()
	if n, err := io.Copy(io.Discard, r); n != size || err != nil {
		k.Fatal(n, err)
	}
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > size/32 {
		k.Errorf("writing and reading %d bytes allocates %d", size, n)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}
