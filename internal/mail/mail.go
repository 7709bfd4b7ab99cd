// Package mail is the port through which Rung sends e-mail: plain text to one person at a time.
package mail

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	netmail "net/mail"
	"net/url"
	"strings"
	"unicode/utf8"
)

// Message is one e-mail. ID, if there is one, becomes part of its Message-ID, so that a receiver recognises a message
// that was sent twice; it consists of letters, digits and hyphens.
type Message struct {
	ID      string
	To      string // a bare address, without a name
	Subject string
	Text    string
}

// Sender hands messages to whatever carries them. Send returns once the message is accepted for delivery. It may be
// called again with the same message; the receiver may then get it twice. An error that is ErrRefused says that trying
// again is of no use.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

// ErrRefused is a message that will never be accepted: a malformed one, or a recipient that the server knows not to
// exist.
var ErrRefused = errors.New("the message was refused for good")

// Open gives the sender that a URL names: "log:" writes to the log, "smtp://" and "smtps://" talk to a mail server as
// "smtp://user:password@host:port?tls=required". From is the sender's address, "Rung <rung@example.org>"; only log:
// can do without it.
func Open(rawURL, from string, logger *slog.Logger) (Sender, error) {
	u, err := url.Parse(rawURL)
	if err != nil {
		return nil, errors.New("the mail address is not a URL") // what url.Parse says may hold the password
	}
	switch u.Scheme {
	case "log":
		return logSender{logger: logger}, nil
	case "smtp", "smtps":
		address, err := netmail.ParseAddress(from)
		if err != nil {
			return nil, errors.New("mail by SMTP needs the sender's address, such as \"Rung <rung@example.org>\"")
		}
		return openSMTP(u, address)
	}
	return nil, fmt.Errorf("mail can't be sent by %q; log:, smtp:// and smtps:// are known", u.Scheme)
}

// check refuses what could add headers or recipients of its own to a message.
func (m Message) check() error {
	address, err := netmail.ParseAddress(m.To)
	if err != nil || address.Name != "" || address.Address != m.To {
		return fmt.Errorf("%w: the recipient is not a bare address", ErrRefused)
	}
	if strings.ContainsFunc(m.Subject, isControl) || !utf8.ValidString(m.Subject) {
		return fmt.Errorf("%w: the subject holds control characters", ErrRefused)
	}
	for _, r := range m.ID {
		if r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return fmt.Errorf("%w: the id is not made of letters, digits and hyphens", ErrRefused)
		}
	}
	return nil
}

func isControl(r rune) bool { return r < ' ' || r == 0x7f }
