package mail

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	gomail "github.com/wneessen/go-mail"
)

// smtpTimeout bounds every step of a conversation with the mail server, and smtpTotal the whole of it.
const (
	smtpTimeout = 15 * time.Second
	smtpTotal   = time.Minute
)

// smtpSender makes a connection for each message: mail is rare, and nothing has to be kept alive.
type smtpSender struct {
	host    string
	from    *netmail.Address
	options []gomail.Option
}

// openSMTP reads the server's URL. A connection by smtp:// is encrypted when the server offers it; "tls=required"
// refuses a server that does not, and "tls=off" does not ask. Credentials are never sent in clear text except to this
// machine.
func openSMTP(u *url.URL, from *netmail.Address) (Sender, error) {
	host := u.Hostname()
	if host == "" || strings.Trim(u.Path, "/") != "" {
		return nil, errors.New("the mail server's URL must be smtp://host:port")
	}
	options := []gomail.Option{gomail.WithTimeout(smtpTimeout)}
	port := 587
	if u.Scheme == "smtps" {
		port = 465
		options = append(options, gomail.WithSSL())
	} else {
		policy, err := startTLS(u.Query().Get("tls"))
		if err != nil {
			return nil, err
		}
		options = append(options, gomail.WithTLSPolicy(policy))
	}
	if u.Port() != "" {
		var err error
		if port, err = strconv.Atoi(u.Port()); err != nil || port < 1 || port > 65535 {
			return nil, errors.New("the mail server's port is not a port")
		}
	}
	options = append(options, gomail.WithPort(port))
	if u.User != nil {
		password, _ := u.User.Password()
		options = append(options,
			gomail.WithSMTPAuth(authentication(host)),
			gomail.WithUsername(u.User.Username()), gomail.WithPassword(password))
	}
	s := &smtpSender{host: host, from: from, options: options}
	if _, err := gomail.NewClient(host, options...); err != nil {
		return nil, fmt.Errorf("set up mail: %w", err)
	}
	return s, nil
}

// authentication is how to log in: as the server likes best, which without encryption leaves out all that sends the
// password as it is. On this machine that is no matter, and simple relays know nothing else.
func authentication(host string) gomail.SMTPAuthType {
	if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() {
		return gomail.SMTPAuthPlain
	}
	return gomail.SMTPAuthAutoDiscover
}

func startTLS(value string) (gomail.TLSPolicy, error) {
	switch value {
	case "", "offered":
		return gomail.TLSOpportunistic, nil
	case "required":
		return gomail.TLSMandatory, nil
	case "off":
		return gomail.NoTLS, nil
	}
	return 0, errors.New("the mail server's tls must be offered, required or off")
}

func (s *smtpSender) Send(ctx context.Context, m Message) error {
	if err := m.check(); err != nil {
		return err
	}
	msg, err := s.compose(m)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	client, err := gomail.NewClient(s.host, s.options...)
	if err != nil {
		return fmt.Errorf("set up mail: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, smtpTotal)
	defer cancel()
	err = client.DialAndSendWithContext(ctx, msg)
	if err == nil {
		return nil
	}
	if refused, ok := errors.AsType[*gomail.SendError](err); ok && refused.ErrorCode() >= 500 && refused.ErrorCode() < 600 {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	return fmt.Errorf("send mail: %w", err)
}

// literal gives a subject that is shown as it is. In a header "=?" begins an encoded word (RFC 2047), so text that somebody
// has chosen could be shown as another than it was checked as; it is encoded then, in words of their greatest length.
func literal(subject string) string {
	if !strings.Contains(subject, "=?") {
		return subject
	}
	const most = 45 // bytes that fit into a word of 75 characters
	var words []string
	for subject != "" {
		n := min(most, len(subject))
		for n < len(subject) && !utf8.RuneStart(subject[n]) {
			n--
		}
		words = append(words, "=?utf-8?b?"+base64.StdEncoding.EncodeToString([]byte(subject[:n]))+"?=")
		subject = subject[n:]
	}
	return strings.Join(words, " ")
}

func (s *smtpSender) compose(m Message) (*gomail.Msg, error) {
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(s.from)
	if err := msg.To(m.To); err != nil {
		return nil, err
	}
	msg.Subject(literal(m.Subject))
	msg.SetDate()
	if m.ID == "" {
		msg.SetMessageID()
	} else {
		_, domain, _ := strings.Cut(s.from.Address, "@")
		msg.SetMessageIDWithValue(m.ID + "@" + domain)
	}
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: keeps out-of-office answers away
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	return msg, nil
}
