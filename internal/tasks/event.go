package tasks

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/google/uuid"
)

// Event tells of one change in a workspace's history. JSON is what readers get; the rest says who may get it.
type Event struct {
	Seq  int64
	Type string // such as "task.updated"
	At   int64  // Unix milliseconds
	JSON []byte // the wire format

	Project uuid.UUID // who can't see it does not get the event; Nil: everyone of the workspace may
	// From is the project that the entity left with this event or, of what ties two projects together, the other one;
	// Nil if none. Who sees only From is told that the entity is gone, who sees only Project that it is new; where
	// there is no Gone or New to be told, she is told nothing.
	From uuid.UUID
	New  []byte    // JSON of the event as for somebody to whom the entity is new; only with From
	Gone []byte    // JSON of the event as for somebody from whom it is gone; only with From
	Only uuid.UUID // the one user whom it concerns, Nil: not just one
	// Lost marks an event for those who can no longer see Project: they are told, and the others are not.
	Lost bool

	Task     uuid.UUID // whose activity it belongs to, Nil if none
	Activity []byte    // that activity's wire format
	Access   bool      // it changed who may see or do what
}

// Actor is who did something.
type Actor struct {
	Type string    `json:"type" doc:"user, token, automation, import or link; clients must expect others."`
	ID   uuid.UUID `json:"id"`
	Name string    `json:"name"`
	User uuid.UUID `json:"user,omitzero" doc:"Whose token or import it is; absent where id is the user."`
}

// Types of actors.
const (
	ActorUser       = "user"
	ActorToken      = "token"
	ActorAutomation = "automation"
	ActorImport     = "import"
	ActorLink       = "link"
)

// EventDoc is the wire format of an event, for documentation and for those who decode it.
type EventDoc struct {
	Seq       int64           `json:"seq" doc:"Its number in the workspace's history."`
	ID        uuid.UUID       `json:"id"`
	Type      string          `json:"type" doc:"Such as task.updated; clients must ignore types that they do not know."`
	At        Time            `json:"at"`
	Actor     Actor           `json:"actor"`
	Entity    string          `json:"entity" doc:"Such as task."`
	EntityID  uuid.UUID       `json:"entity_id"`
	Version   int64           `json:"version" doc:"The entity's version after it."`
	Project   *uuid.UUID      `json:"project"`
	Changed   []string        `json:"changed" doc:"The fields that have new values."`
	Data      json.RawMessage `json:"data" doc:"The new values of these fields."`
	RequestID string          `json:"request_id"`
	Scrubbed  bool            `json:"scrubbed,omitempty" doc:"What it told of was removed for good, and its data with it."`
}

// Scrub is an event's wire format without the values that it told of, for stores that purge.
func Scrub(event []byte) []byte {
	var e EventDoc
	if json.Unmarshal(event, &e) != nil {
		return []byte(`{}`)
	}
	e.Data, e.Scrubbed = nil, true
	return appendEvent(nil, &e)
}

// appendEvent writes an event's wire format.
func appendEvent(b []byte, e *EventDoc) []byte {
	b = append(b, `{"seq":`...)
	b = strconv.AppendInt(b, e.Seq, 10)
	b = append(b, `,"id":"`...)
	b = appendID(b, e.ID)
	b = append(b, `","type":`...)
	b = appendString(b, e.Type)
	b = append(b, `,"at":"`...)
	b = time.Time(e.At).AppendFormat(b, timeFormat)
	b = append(b, `","actor":`...)
	b = appendActor(b, &e.Actor)
	b = append(b, `,"entity":`...)
	b = appendString(b, e.Entity)
	b = append(b, `,"entity_id":"`...)
	b = appendID(b, e.EntityID)
	b = append(b, `","version":`...)
	b = strconv.AppendInt(b, e.Version, 10)
	b = append(b, `,"project":`...)
	if e.Project == nil || *e.Project == uuid.Nil {
		b = append(b, `null`...)
	} else {
		b = append(b, '"')
		b = appendID(b, *e.Project)
		b = append(b, '"')
	}
	b = append(b, `,"changed":[`...)
	for i, c := range e.Changed {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(b, c)
	}
	b = append(b, `],"data":`...)
	if len(e.Data) == 0 {
		b = append(b, `{}`...)
	} else {
		b = append(b, e.Data...)
	}
	b = append(b, `,"request_id":`...)
	b = appendString(b, e.RequestID)
	if e.Scrubbed {
		b = append(b, `,"scrubbed":true`...)
	}
	return append(b, '}')
}

func appendActor(b []byte, a *Actor) []byte {
	b = append(b, `{"type":`...)
	b = appendString(b, a.Type)
	b = append(b, `,"id":"`...)
	b = appendID(b, a.ID)
	b = append(b, `","name":`...)
	b = appendString(b, a.Name)
	if a.User != uuid.Nil {
		b = append(b, `,"user":"`...)
		b = appendID(b, a.User)
		b = append(b, '"')
	}
	return append(b, '}')
}
