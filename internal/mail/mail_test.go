package mail

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
)

func TestOpenRefusesWhatItCannotUse(t *testing.T) {
	for _, c := range []struct{ url, from, want string }{
		{"carrier-pigeon://x", "a@example.org", "carrier-pigeon"},
		{"smtp://mail.example.org", "", "sender's address"},
		{"smtp://mail.example.org", "not an address", "sender's address"},
		{"smtp:", "a@example.org", "smtp://host:port"},
		{"smtp://mail.example.org/path", "a@example.org", "smtp://host:port"},
		{"smtp://mail.example.org:99999", "a@example.org", "port"},
		{"smtp://mail.example.org?tls=perhaps", "a@example.org", "tls"},
	} {
		_, err := Open(c.url, c.from, slog.New(slog.DiscardHandler))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s from %q: %v, want an error about %q", c.url, c.from, err, c.want)
		}
	}
}

func TestOpenDoesNotTellThePassword(t *testing.T) {
	_, err := Open("smtp://user:sec%ret@mail.example.org", "a@example.org", slog.New(slog.DiscardHandler))
	if err == nil || strings.Contains(err.Error(), "ret") {
		t.Fatalf("got %v", err)
	}
}

func TestTheLogHoldsTheBodyAtDebugLevelOnly(t *testing.T) {
	m := Message{To: "ann@example.org", Subject: "Reset your password", Text: "the secret link"}
	for _, level := range []slog.Level{slog.LevelInfo, slog.LevelDebug} {
		var out bytes.Buffer
		s, err := Open("log:", "", slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: level})))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Send(context.Background(), m); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), "ann@example.org") || !strings.Contains(out.String(), "Reset your password") {
			t.Errorf("%v: recipient and subject are not in %q", level, &out)
		}
		if got := strings.Contains(out.String(), "secret"); got != (level == slog.LevelDebug) {
			t.Errorf("%v: body in the log: %t", level, got)
		}
	}
}

func TestMessagesThatWouldSmuggleHeadersAreRefused(t *testing.T) {
	ok := Message{To: "ann@example.org", Subject: "Hello"}
	for name, spoil := range map[string]func(*Message){
		"a second header in the subject":   func(m *Message) { m.Subject = "Hello\r\nBcc: eve@example.org" },
		"a second header in the recipient": func(m *Message) { m.To = "ann@example.org\r\nBcc: eve@example.org" },
		"two recipients":                   func(m *Message) { m.To = "ann@example.org, eve@example.org" },
		"a named recipient":                func(m *Message) { m.To = "Ann <ann@example.org>" },
		"no recipient":                     func(m *Message) { m.To = "" },
		"a header in the id":               func(m *Message) { m.ID = "x>\r\nBcc: eve@example.org" },
	} {
		m := ok
		spoil(&m)
		for _, url := range []string{"log:", "smtp://127.0.0.1:1"} {
			s, err := Open(url, "rung@example.org", slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Send(context.Background(), m); !errors.Is(err, ErrRefused) {
				t.Errorf("%s by %s: %v, want ErrRefused", name, url, err)
			}
		}
	}
}
