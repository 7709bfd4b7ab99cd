package app

import (
	"io"
	"log/slog"
)

// NewLogger writes a log in one of the formats text and json; auto is text on a terminal, else JSON. If w is a LogBuffer
// warnings and errors do not wait in it.
func NewLogger(w io.Writer, format string, level slog.Level, terminal bool) *slog.Logger {
	o := &slog.HandlerOptions{Level: level}
	var h slog.Handler = slog.NewJSONHandler(w, o)
	if format == "text" || (format == "auto" && terminal) {
		h = slog.NewTextHandler(w, o)
	}
	if b, ok := w.(*LogBuffer); ok {
		h = prompt{h, b}
	}
	return slog.New(h)
}
