package mail

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"mime"
	"net"
	netmail "net/mail"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// postOffice is a mail server that keeps what it is given and refuses two recipients.
type postOffice struct {
	mu   sync.Mutex
	got  []letter
	user string
}

type letter struct {
	from string
	to   []string
	msg  *netmail.Message
	text string
}

func (p *postOffice) NewSession(*smtp.Conn) (smtp.Session, error) { return &visit{office: p}, nil }

func (p *postOffice) letters() []letter {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.got
}

type visit struct {
	office *postOffice
	letter letter
}

func (v *visit) AuthMechanisms() []string { return []string{sasl.Plain} }

func (v *visit) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "postman" || password != "p@ss" {
			return smtp.ErrAuthFailed
		}
		v.office.mu.Lock()
		defer v.office.mu.Unlock()
		v.office.user = user
		return nil
	}), nil
}

func (v *visit) Mail(from string, _ *smtp.MailOptions) error {
	v.letter.from = from
	return nil
}

func (v *visit) Rcpt(to string, _ *smtp.RcptOptions) error {
	switch to {
	case "nobody@example.org":
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
	case "full@example.org":
		return &smtp.SMTPError{Code: 452, EnhancedCode: smtp.EnhancedCode{4, 2, 2}, Message: "mailbox full"}
	}
	v.letter.to = append(v.letter.to, to)
	return nil
}

func (v *visit) Data(r io.Reader) error {
	msg, err := netmail.ReadMessage(r)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(msg.Body)
	if err != nil {
		return err
	}
	v.letter.msg, v.letter.text = msg, string(body)
	v.office.mu.Lock()
	defer v.office.mu.Unlock()
	v.office.got = append(v.office.got, v.letter)
	return nil
}

func (v *visit) Reset()        { v.letter = letter{} }
func (v *visit) Logout() error { return nil }

func openOffice(t *testing.T) (*postOffice, string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	office := &postOffice{}
	server := smtp.NewServer(office)
	server.Domain, server.AllowInsecureAuth = "localhost", true
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(l)
	}()
	t.Cleanup(func() {
		_ = server.Close()
		<-done
	})
	return office, l.Addr().String()
}

func send(t *testing.T, url string, m Message) error {
	t.Helper()
	s, err := Open(url, "Rung <rung@example.org>", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return s.Send(context.Background(), m)
}

func TestSMTPDelivers(t *testing.T) {
	office, address := openOffice(t)
	m := Message{ID: "0197-ab", To: "ann@example.org", Subject: "Grüße", Text: "Hello Ann\n.\nBye"}
	if err := send(t, "smtp://postman:p%40ss@"+address, m); err != nil {
		t.Fatal(err)
	}
	got := office.letters()
	if len(got) != 1 {
		t.Fatalf("%d letters, want 1", len(got))
	}
	l := got[0]
	if l.from != "rung@example.org" || len(l.to) != 1 || l.to[0] != "ann@example.org" {
		t.Errorf("envelope from %s to %v", l.from, l.to)
	}
	for header, want := range map[string]string{
		"From": `"Rung" <rung@example.org>`, "To": "<ann@example.org>", "Subject": "=?UTF-8?q?Gr=C3=BC=C3=9Fe?=",
		"Message-Id": "<0197-ab@example.org>", "Auto-Submitted": "auto-generated",
	} {
		if v := l.msg.Header.Get(header); v != want {
			t.Errorf("%s: %q, want %q", header, v, want)
		}
	}
	if want := "Hello Ann\r\n.\r\nBye\r\n"; l.text != want {
		t.Errorf("text %q, want %q", l.text, want)
	}
	if office.user != "postman" {
		t.Error("the server did not see the credentials")
	}
}

func TestSMTPTellsForGoodFromForNow(t *testing.T) {
	_, address := openOffice(t)
	for _, c := range []struct {
		name, url, to string
		forGood       bool
	}{
		{"no such user", "smtp://" + address, "nobody@example.org", true},
		{"mailbox full", "smtp://" + address, "full@example.org", false},
		{"wrong password", "smtp://postman:wrong@" + address, "ann@example.org", false},
		{"encryption required of a server without it", "smtp://" + address + "?tls=required", "ann@example.org", false},
		{"encrypted from the start, a server without it", "smtps://" + address, "ann@example.org", false},
		{"nobody there", "smtp://127.0.0.1:1", "ann@example.org", false},
	} {
		err := send(t, c.url, Message{To: c.to, Subject: "x", Text: "y"})
		if err == nil || errors.Is(err, ErrRefused) != c.forGood {
			t.Errorf("%s: %v, for good: want %t", c.name, err, c.forGood)
		}
	}
}

// TestASubjectIsShownAsItIs has names in it that a mail program would decode to something else.
func TestASubjectIsShownAsItIs(t *testing.T) {
	office, address := openOffice(t)
	for _, subject := range []string{
		"=?utf-8?q?=0D=0ABcc:_eve@example.org?= invites you to =?utf-8?b?RnJlZQ==?=",
		"=?utf-8?q?" + strings.Repeat("ä=41", 40) + "?=",
	} {
		if err := send(t, "smtp://"+address, Message{To: "ann@example.org", Subject: subject, Text: "x"}); err != nil {
			t.Fatal(err)
		}
		all := office.letters()
		header := all[len(all)-1].msg.Header
		shown, err := new(mime.WordDecoder).DecodeHeader(header.Get("Subject"))
		if err != nil || shown != subject {
			t.Errorf("%q is shown as %q, %v", subject, shown, err)
		}
		if header.Get("Bcc") != "" {
			t.Errorf("a header was made: %v", header)
		}
	}
}
