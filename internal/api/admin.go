package api

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/tasks"
)

// Host is what the administrators of the installation are told of the process and what it stands on.
type Host struct {
	StartedAt time.Time
	Drivers   map[string]string // which engine does what
	DiskFree  int64             // bytes left where the data is; negative if that can't be told
	DiskSize  int64             // of so many
	Database  int64             // bytes of the database's files; negative if that can't be told
}

// Installation is how the installation is.
type Installation struct {
	Status    string            `json:"status" enum:"ok,unavailable,draining"`
	Version   string            `json:"version"`
	StartedAt tasks.Time        `json:"started_at"`
	Uptime    int64             `json:"uptime" doc:"Seconds since the process was started."`
	Drivers   map[string]string `json:"drivers" nullable:"false" doc:"Which engine does what."`
	Checks    []HealthCheck     `json:"checks" nullable:"false"`
	Disk      *DiskDoc          `json:"disk" doc:"Where the data is; null where there is no such place or nothing can be told of it."`
}

// HealthCheck is what became of one check.
type HealthCheck struct {
	Name   string `json:"name"`
	Status string `json:"status" doc:"ok or down, or the code of what can't be done: the process stays ready then."`
}

// DiskDoc is how full a disk is, in bytes.
type DiskDoc struct {
	Free     int64 `json:"free"`
	Size     int64 `json:"size"`
	Database int64 `json:"database" doc:"What the database's files take."`
}

type healthOutput struct{ Body Installation }

func (h authHandlers) health(ctx context.Context, _ *struct{}) (*healthOutput, error) {
	now := h.Now()
	doc := Installation{Version: h.Version, Drivers: map[string]string{}, StartedAt: wireTime(now)}
	if h.Host != nil {
		host := h.Host(ctx)
		doc.StartedAt, doc.Drivers = wireTime(host.StartedAt), host.Drivers
		doc.Uptime = int64(now.Sub(host.StartedAt) / time.Second)
		if host.DiskFree >= 0 && host.Database >= 0 {
			doc.Disk = &DiskDoc{Free: host.DiskFree, Size: host.DiskSize, Database: host.Database}
		}
	}
	doc.Status, doc.Checks = h.ready(ctx)
	return &healthOutput{doc}, nil
}

// AuditEntry is one line of the audit log.
type AuditEntry struct {
	ID        uuid.UUID         `json:"id"`
	At        tasks.Time        `json:"at"`
	Action    string            `json:"action" doc:"Such as session.created; clients must expect others than they know."`
	By        string            `json:"by" doc:"user, token, nobody (who has not signed in), operator (at the command line of the server) or system; clients must expect others."`
	Actor     *uuid.UUID        `json:"actor" nullable:"true" doc:"The user who did it; null if none did, or nobody knows."`
	Subject   *uuid.UUID        `json:"subject" nullable:"true" doc:"Whom or what it was done to."`
	Workspace *uuid.UUID        `json:"workspace" nullable:"true"`
	Address   string            `json:"address" doc:"Where the request came from; empty if it came from nowhere, or if whose it was has deleted her account."`
	Agent     string            `json:"agent" doc:"What the client called itself."`
	RequestID string            `json:"request_id"`
	Detail    map[string]string `json:"detail" nullable:"false"`
}

func auditOf(e audit.Entry) AuditEntry {
	optional := func(id uuid.UUID) *uuid.UUID {
		if id == uuid.Nil {
			return nil
		}
		return &id
	}
	doc := AuditEntry{
		ID: e.ID, At: wireTime(e.At), Action: e.Action, By: e.By, Actor: optional(e.Actor), Subject: optional(e.Subject),
		Workspace: optional(e.Workspace), Address: e.Address, Agent: e.Agent, RequestID: e.Request, Detail: e.Detail,
	}
	if doc.Detail == nil {
		doc.Detail = map[string]string{}
	}
	return doc
}

type auditInput struct {
	Page
	Actor     uuid.UUID `query:"actor" doc:"Only what this user did."`
	Subject   uuid.UUID `query:"subject" doc:"Only what was done to this user or thing."`
	Workspace uuid.UUID `query:"workspace" doc:"Only what is of this workspace."`
	Action    string    `query:"action" maxLength:"60" doc:"Only this action."`
	Since     time.Time `query:"since" doc:"Only what happened at this time or later."`
	Until     time.Time `query:"until" doc:"Only what happened before this time."`
}

// audit merges the logs of the domains, the last entry first.
func (h authHandlers) audit(ctx context.Context, in *auditInput) (*listOutput[AuditEntry], error) {
	before, _, err := decodeCursor[uuid.UUID](in.Cursor)
	if err != nil {
		return nil, err
	}
	var found []audit.Entry
	for _, log := range h.Audit {
		some, err := log.Entries(ctx, audit.Query{
			Actor: in.Actor, Subject: in.Subject, Workspace: in.Workspace, Action: in.Action, Since: in.Since, Until: in.Until,
			Before: before, Limit: in.Limit + 1,
		})
		if err != nil {
			return nil, err
		}
		found = append(found, some...)
	}
	slices.SortFunc(found, func(a, b audit.Entry) int { return slices.Compare(b.ID[:], a.ID[:]) })
	more := len(found) > in.Limit
	found = found[:min(len(found), in.Limit)]
	items := make([]AuditEntry, len(found))
	var last uuid.UUID
	for i, e := range found {
		items[i], last = auditOf(e), e.ID
	}
	next, err := idCursor(last, more)
	if err != nil {
		return nil, err
	}
	return listOf(items, next), nil
}
