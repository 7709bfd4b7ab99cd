package app_test

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rung-app/rung/internal/app"
)

// file is what a log is written to.
type file struct {
	mu     sync.Mutex
	text   bytes.Buffer
	writes int
	full   bool
}

func (f *file) Write(b []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.full {
		return 0, errors.New("no space left")
	}
	f.writes++
	return f.text.Write(b)
}

func (f *file) read() (string, int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.text.String(), f.writes
}

func TestLinesOfALogAreWrittenTogether(t *testing.T) {
	f := &file{}
	b := app.BufferLog(f)
	log := app.NewLogger(b, "text", slog.LevelInfo, false)
	for range 50 {
		log.Info("one of many")
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if text, writes := f.read(); strings.Count(text, "one of many") != 50 || writes > 10 {
		t.Errorf("%d writes of\n%s", writes, text)
	}
	log.Info("alone")
	for until := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		if text, _ := f.read(); strings.Contains(text, "alone") {
			break
		}
		if time.Now().After(until) {
			t.Fatal("a line is never written")
		}
	}
}

func TestWarningsAreWrittenAtOnce(t *testing.T) {
	f := &file{}
	log := app.NewLogger(app.BufferLog(f), "json", slog.LevelInfo, false).With("of", "a part").WithGroup("g")
	log.Info("before")
	log.Warn("mind this")
	if text, _ := f.read(); !strings.Contains(text, "before") || !strings.Contains(text, "mind this") {
		t.Errorf("written is %q", text)
	}
}

func TestALogThatCantBeWrittenDoesNotGrow(t *testing.T) {
	f := &file{full: true}
	b := app.BufferLog(f)
	if _, err := b.Write([]byte("lost\n")); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err == nil {
		t.Error("nobody is told")
	}
	f.full = false
	if _, err := b.Write([]byte("kept\n")); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if text, _ := f.read(); text != "kept\n" {
		t.Errorf("written is %q", text)
	}
}
