package tasks

import (
	"encoding/json"

	"github.com/google/uuid"
)

// activityDoc is the wire format of a line of a task's story.
type activityDoc struct {
	Seq      int64           `json:"seq"`
	Type     string          `json:"type"`
	At       Time            `json:"at"`
	Actor    Actor           `json:"actor"`
	Entity   string          `json:"entity"`
	EntityID uuid.UUID       `json:"entity_id"`
	Before   json.RawMessage `json:"before,omitempty" doc:"The changed fields' values before."`
	After    json.RawMessage `json:"after,omitempty" doc:"Their values after."`
}

// ActivityDoc is the wire format of a line of a task's story, for documentation and for those who decode it.
type ActivityDoc = activityDoc
