package tasks

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/files"
)

// An address is good for at least addressLife and less than addressStep longer: within a step the same person gets the
// same address, so that what she has loaded need not be loaded again.
const (
	addressLife = 10 * time.Minute
	addressStep = 5 * time.Minute
)

// Address is a way to a file's bytes that needs no token beside it.
type Address struct {
	Token   string // letters, digits, hyphens and underscores
	Expires time.Time
	Inline  bool // it may be shown where it is linked; otherwise it is saved
}

// ticket is what an address says and signs.
type ticket struct {
	ws, attachment, user uuid.UUID
	expires              int64 // Unix seconds
	inline               bool
}

const (
	ticketSize    = 3*16 + 8 + 1
	signatureSize = 16 // of HMAC-SHA256: 128 bits can't be guessed within an address's life
)

// signing is the secret with which addresses are signed: of the installation, so that every server knows it.
type signing struct{ secret atomic.Pointer[[]byte] }

const signingSecret = "attachments"

func (k *keeping) secret(ctx context.Context, store Secrets) ([]byte, error) {
	if known := k.signing.secret.Load(); known != nil {
		return *known, nil
	}
	fresh := make([]byte, 32)
	_, _ = rand.Read(fresh) // it never fails
	secret, err := store.Secret(ctx, signingSecret, fresh)
	if err != nil {
		return nil, fmt.Errorf("find the secret that signs addresses: %w", err)
	}
	if len(secret) != len(fresh) {
		return nil, errors.New("the secret that signs addresses is damaged")
	}
	k.signing.secret.Store(&secret)
	return secret, nil
}

// EndAddresses makes all addresses that were given out useless at once, for when the key that signs them may be known to
// somebody. Clients ask for new ones. Without a place for files there are none.
func (s *Service) EndAddresses(ctx context.Context) error {
	if s.files == nil {
		return nil
	}
	fresh := make([]byte, 32)
	_, _ = rand.Read(fresh) // it never fails
	if err := s.store.ReplaceSecret(ctx, signingSecret, fresh); err != nil {
		return fmt.Errorf("replace the secret that signs addresses: %w", err)
	}
	s.files.signing.secret.Store(&fresh)
	return nil
}

func (t ticket) sign(secret []byte) string {
	b := make([]byte, 0, ticketSize+signatureSize)
	b = append(b, t.ws[:]...)
	b = append(b, t.attachment[:]...)
	b = append(b, t.user[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(t.expires))
	if t.inline {
		b = append(b, 1)
	} else {
		b = append(b, 0)
	}
	return base64.RawURLEncoding.EncodeToString(append(b, signatureOf(secret, b)...))
}

func signatureOf(secret, b []byte) []byte {
	mac := hmac.New(sha256.New, secret)
	mac.Write(b)
	return mac.Sum(nil)[:signatureSize]
}

// readTicket gives what an address says, false if it was not signed here or has run out.
func readTicket(secret []byte, token string, now time.Time) (t ticket, ok bool) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(b) != ticketSize+signatureSize || !hmac.Equal(b[ticketSize:], signatureOf(secret, b[:ticketSize])) {
		return t, false
	}
	copy(t.ws[:], b)
	copy(t.attachment[:], b[16:])
	copy(t.user[:], b[32:])
	t.expires = int64(binary.BigEndian.Uint64(b[48:]))
	t.inline = b[56] == 1
	return t, now.Unix() < t.expires
}

// AddressOf gives an address of a file's bytes. What could run script is never shown inline, whatever is asked for.
func (s *Service) AddressOf(ctx context.Context, c Caller, ws uuid.UUID, task string, id uuid.UUID, inline bool) (Address, Head, error) {
	var out Address
	k, err := s.kept()
	if err != nil {
		return out, Head{}, err
	}
	secret, err := k.secret(ctx, s.store)
	if err != nil {
		return out, Head{}, err
	}
	head, err := s.read(ctx, c, ws, func(v View, a *Access) error {
		r, err := findAttachment(v, a, task, id)
		if err != nil {
			return err
		}
		doc, err := decode[Attachment](r.Doc)
		if err != nil {
			return err
		}
		out.Inline = inline && harmless(doc.ContentType)
		return nil
	})
	if err != nil {
		return out, head, err
	}
	out.Expires = s.now().Add(addressLife).Truncate(addressStep).Add(addressStep)
	out.Token = ticket{ws, id, c.User, out.Expires.Unix(), out.Inline}.sign(secret)
	return out, head, nil
}

// Content is a file to be read. It must be closed.
type Content struct {
	Attachment
	*files.Reader
	Inline  bool
	Expires time.Time
}

// OpenAddress opens what an address leads to. One that was forged or has run out, one whose owner may not see the task
// any more, and a file that is gone are all the same.
func (s *Service) OpenAddress(ctx context.Context, token string) (*Content, error) {
	k, err := s.kept()
	if err != nil {
		return nil, err
	}
	secret, err := k.secret(ctx, s.store)
	if err != nil {
		return nil, err
	}
	t, ok := readTicket(secret, token, s.now())
	if !ok {
		return nil, fault.NotFound()
	}
	c := &Content{Inline: t.inline, Expires: time.Unix(t.expires, 0)}
	_, err = s.read(ctx, Caller{User: t.user}, t.ws, func(v View, a *Access) error {
		r, err := v.Get(KindAttachment, t.attachment)
		if err != nil {
			return err
		}
		if r == nil {
			return fault.NotFound()
		}
		if r, err = findAttachment(v, a, r.Scope.String(), t.attachment); err != nil {
			return err
		}
		doc, err := decode[Attachment](r.Doc)
		if err != nil {
			return err
		}
		c.Attachment = *doc
		c.Reader = files.NewReader(ctx, k.Store, blobOf(t.ws, r), doc.Size)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return c, nil
}

// UnknownType is how bytes are served that are of no harmless type.
const UnknownType = "application/octet-stream"

// HarmlessTypes are those that browsers show without running anything that is in them.
func HarmlessTypes() []string {
	return []string{
		"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "text/plain",
		"audio/mpeg", "audio/ogg", "audio/wav", "audio/flac", "audio/mp4", "audio/aac", "audio/x-m4a",
		"video/mp4", "video/webm", "video/ogg", "video/quicktime",
	}
}

func harmless(contentType string) bool {
	base, _, _ := strings.Cut(contentType, ";")
	return slices.Contains(HarmlessTypes(), base)
}

// Type is the content type under which the bytes are served: what is not harmless is just bytes.
func (c *Content) Type() string {
	if harmless(c.ContentType) {
		return c.ContentType
	}
	return UnknownType
}
