package auth_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/rung-app/rung/internal/auth"
	"github.com/rung-app/rung/internal/mail"
)

// waiting gives the mails that wait on an account.
func (h *house) waiting(in auth.SignedIn) []auth.Mail {
	h.t.Helper()
	a, err := h.store.Account(h.t.Context(), in.User)
	must(h.t, err)
	return a.Mails
}

func TestMailIsTriedAgainUntilItIsOfNoUse(t *testing.T) {
	h := open(t)
	in := h.register("ann@example.org").SignedIn
	h.post.trouble = errors.New("the mail server is down")
	must(t, h.ForgotPassword(t.Context(), "ann@example.org", here()))
	h.deliver()
	if m := h.waiting(in); len(m) != 1 || m[0].Attempts != 1 || !m[0].DueAt.After(h.clock.read()) {
		t.Fatalf("after one failure: %+v", m)
	}
	h.deliver()
	if m := h.waiting(in); m[0].Attempts != 1 {
		t.Error("tried again at once")
	}
	for range 3 {
		h.clock.pass(time.Minute)
		h.deliver()
	}
	h.post.trouble = nil
	h.clock.pass(10 * time.Minute)
	if sent := h.deliver(); len(sent) != 1 || sent[0].To != "ann@example.org" {
		t.Errorf("sent at last: %v", sent)
	}
	if m := h.waiting(in); len(m) != 0 {
		t.Errorf("still waiting: %+v", m)
	}

	h.post.trouble = errors.New("the mail server is down again")
	must(t, h.ForgotPassword(t.Context(), "ann@example.org", here()))
	h.deliver()
	h.post.trouble = nil
	h.clock.pass(2 * time.Hour) // the link has run out
	if sent := h.deliver(); len(sent) != 0 || len(h.waiting(in)) != 0 {
		t.Errorf("a useless mail: sent %v, waiting %v", sent, h.waiting(in))
	}
}

func TestMailThatIsRefusedIsGivenUp(t *testing.T) {
	h := open(t)
	in := h.register("ann@example.org").SignedIn
	h.post.trouble = fmt.Errorf("%w: no such user", mail.ErrRefused)
	must(t, h.ForgotPassword(t.Context(), "ann@example.org", here()))
	h.deliver()
	if m := h.waiting(in); len(m) != 0 {
		t.Errorf("still waiting: %+v", m)
	}
}

func TestMailIsGivenUpAfterManyFailures(t *testing.T) {
	h := open(t)
	h.post.trouble = errors.New("the mail server is down")
	r, err := h.Register(t.Context(), auth.Registration{Email: "ann@example.org", Password: goodPassword, Name: "Ann"}, here())
	must(t, err)
	for range 50 {
		h.deliver()
		h.clock.pass(time.Hour)
	}
	if m := h.waiting(r.SignedIn); len(m) != 0 {
		t.Errorf("still waiting: %+v", m)
	}
}

func TestTwoServersDoNotSendTheSameMail(t *testing.T) {
	h := open(t)
	other := h.serve()
	for i := range 20 {
		_, err := h.Register(t.Context(), auth.Registration{
			Email: fmt.Sprintf("user%d@example.org", i), Password: goodPassword, Name: "X",
		}, auth.Client{})
		must(t, err)
		h.clock.pass(2 * time.Minute)
	}
	var all sync.WaitGroup
	for i := range 8 {
		s := []*auth.Service{h.Service, other}[i%2]
		all.Go(func() {
			for more := true; more; {
				var err error
				if more, err = s.DeliverMail(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	got := map[string]int{}
	for _, m := range h.post.sent {
		got[m.To]++
	}
	if len(got) != 20 || len(h.post.sent) != 20 {
		t.Errorf("%d mails to %d people", len(h.post.sent), len(got))
	}
}

func TestTheRelaySendsWhatComes(t *testing.T) {
	h := open(t)
	arrived := make(chan mail.Message, 10)
	s := h.serve(func(o *auth.Options) { o.Mailer = channel(arrived) })
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.Relay(ctx)
	}()
	_, err := s.Register(t.Context(), auth.Registration{Email: "ann@example.org", Password: goodPassword, Name: "Ann"}, here())
	must(t, err)
	if m := <-arrived; m.To != "ann@example.org" || m.ID == "" {
		t.Errorf("arrived: %+v", m)
	}
	stop()
	<-done
}

type channel chan<- mail.Message

func (c channel) Send(_ context.Context, m mail.Message) error {
	c <- m
	return nil
}
