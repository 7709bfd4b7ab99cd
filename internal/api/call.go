package api

import (
	"context"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

// Call is what is known of a request by the time that its handler runs.
type Call struct {
	Route     *Route
	ID        string    // of the request
	Identity  Identity  // who asks; zero on public routes
	Workspace uuid.UUID // and Presence: on routes of a workspace
	Presence

	name     string                    // of the caller, and
	zone     *time.Location            // where she reads days: on routes of a workspace
	as       tasks.As                  // whom the handler has answered as
	last     func(http.ResponseWriter) // what is done when the handler has returned, to wait with little on the stack; nil: nothing
	request  *http.Request
	response http.Header
	now      time.Time
}

type callKey struct{}

func withCall(ctx context.Context, c *Call) context.Context { return callContext{ctx, c} }

// callContext knows its call, and tells audit of it.
type callContext struct {
	context.Context //nolint:containedctx // it is one
	call            *Call
}

// Value implements context.Context.
func (c callContext) Value(key any) any {
	switch key {
	case callKey{}, audit.Key():
		return c.call
	}
	return c.Context.Value(key)
}

// Origin tells where a call comes from and whose it is.
func (c *Call) Origin() audit.Origin {
	o := audit.Origin{By: audit.ByUser, User: c.Identity.User, Address: c.Address(), Agent: c.request.UserAgent(), Request: c.ID}
	switch {
	case c.Identity.Token != uuid.Nil:
		o.By = audit.ByToken
	case c.Identity.User == uuid.Nil:
		o.By = audit.ByNobody
	}
	return o
}

// callOf gives the call that a handler runs for.
func callOf(ctx context.Context) *Call {
	c, _ := ctx.Value(callKey{}).(*Call)
	return c
}

// Address is where the request came from, the zero Addr if that can't be told.
func (c *Call) Address() netip.Addr {
	if ap, err := netip.ParseAddrPort(c.request.RemoteAddr); err == nil {
		return ap.Addr().Unmap()
	}
	addr, _ := netip.ParseAddr(c.request.RemoteAddr)
	return addr.Unmap()
}

// setHead says which point of the workspace's history the answer is of.
func (c *Call) setHead(epoch string, seq int64) {
	c.Epoch, c.Seq = epoch, seq
	c.response["Rung-Seq"] = []string{seqText(epoch, seq)}
}

// seqText writes a point of a history as the wire has it: EPOCH-SEQ.
func seqText(epoch string, seq int64) string {
	b := make([]byte, 0, 64)
	b = append(append(b, epoch...), '-')
	return string(strconv.AppendInt(b, seq, 10))
}

// parseSeq reads what seqText wrote.
func parseSeq(s string) (epoch string, seq int64, ok bool) {
	i := strings.LastIndexByte(s, '-')
	if i <= 0 {
		return "", 0, false
	}
	seq, err := strconv.ParseInt(s[i+1:], 10, 64)
	return s[:i], seq, err == nil && seq >= 0 && s[i+1] != '+'
}

// admit lets a request through to its handler or says why not.
func (a *API) admit(c *Call, r *http.Request) error {
	c.ID = requestID(r)
	if c.Route.Scope == Public {
		return nil
	}
	token, ok := bearer(r)
	if !ok {
		return fault.Unauthenticated("unauthenticated", "Sign in, or send a token as \"Authorization: Bearer …\".")
	}
	id, err := a.Verifier.Verify(r.Context(), token)
	if err != nil {
		return err
	}
	c.Identity = id
	if err := c.Route.allows(id); err != nil {
		if (c.Route.Member || c.Route.outside) && a.enter(c, r) == nil { // a member is told how far the history has come with a refusal too
			c.setHead(c.Epoch, c.Seq)
		}
		return err
	}
	if c.Route.Member {
		return a.enter(c, r)
	}
	return nil
}

// allows checks the token's scopes.
func (rt *Route) allows(id Identity) error {
	personal := id.Token != uuid.Nil
	switch {
	case rt.Scope == Session && personal:
		return fault.New(fault.KindForbidden, "session-required", "A personal access token can't do this; sign in.")
	case rt.Scope != Session && personal && !slices.Contains(id.Scopes, string(rt.Scope)):
		return fault.New(fault.KindForbidden, "insufficient-scope", "This token lacks the scope "+string(rt.Scope)+".")
	case rt.instance && (!id.Admin || len(id.Workspaces) > 0): // a token for one workspace is not for all of them
		return fault.Forbidden("Only an administrator of this installation may do this.")
	}
	return nil
}

// enter finds the workspace of the path and the caller's standing in it. A workspace that does not exist, one that she
// is not a member of and one that her token is not for are the same.
func (a *API) enter(c *Call, r *http.Request) error {
	ws, err := a.Directory.ResolveWorkspace(r.Context(), r.PathValue("ws"))
	if err != nil {
		return err
	}
	if !isFor(c.Identity, ws) {
		return fault.NotFound()
	}
	p, err := a.Directory.Enter(r.Context(), ws, c.Identity.User)
	if err != nil {
		return err
	}
	c.Workspace, c.Presence = ws, p
	return nil
}

// bearer gives the token of the Authorization header.
func bearer(r *http.Request) (string, bool) {
	const scheme = "bearer "
	h := r.Header.Get("Authorization")
	if len(h) <= len(scheme) || !strings.EqualFold(h[:len(scheme)], scheme) {
		return "", false
	}
	t := strings.TrimSpace(h[len(scheme):])
	return t, t != ""
}

// requestID is the id that whoever stands in front gave to the request.
func requestID(r *http.Request) string { return r.Header.Get("X-Request-Id") }
