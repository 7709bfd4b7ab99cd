package app

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"sync"
	"time"
)

// How long a line of the log may wait for others, and how many bytes of them.
const (
	logWait = 50 * time.Millisecond
	logFull = 64 << 10
)

// LogBuffer writes many lines of a log at once: a system call for each request's would be a tenth of its whole cost.
// What a LogBuffer holds is lost if the process is killed, logWait's worth; Close writes the rest.
type LogBuffer struct {
	to    io.Writer
	mu    sync.Mutex
	lines bytes.Buffer
	timer *time.Timer
}

// BufferLog makes a LogBuffer that writes to w.
func BufferLog(w io.Writer) *LogBuffer { return &LogBuffer{to: w} }

// Write keeps lines until it is time.
func (b *LogBuffer) Write(lines []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.lines.Len() == 0 {
		if b.timer == nil {
			b.timer = time.AfterFunc(logWait, func() { _ = b.Close() })
		} else {
			b.timer.Reset(logWait)
		}
	}
	b.lines.Write(lines)
	if b.lines.Len() >= logFull {
		return len(lines), b.flush()
	}
	return len(lines), nil
}

func (b *LogBuffer) flush() error {
	_, err := b.lines.WriteTo(b.to)
	b.lines.Reset() // what could not be written is not tried again: a full disk must not fill the memory too
	return err
}

// Close writes what is held. The buffer can be used on.
func (b *LogBuffer) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.flush()
}

// prompt writes warnings and errors at once, with everything before them.
type prompt struct {
	slog.Handler
	buffer *LogBuffer
}

// Handle writes a line.
func (p prompt) Handle(ctx context.Context, r slog.Record) error {
	err := p.Handler.Handle(ctx, r)
	if r.Level >= slog.LevelWarn && err == nil {
		return p.buffer.Close()
	}
	return err
}

// WithAttrs keeps the promise.
func (p prompt) WithAttrs(a []slog.Attr) slog.Handler {
	return prompt{p.Handler.WithAttrs(a), p.buffer}
}

// WithGroup keeps it too.
func (p prompt) WithGroup(name string) slog.Handler {
	return prompt{p.Handler.WithGroup(name), p.buffer}
}
