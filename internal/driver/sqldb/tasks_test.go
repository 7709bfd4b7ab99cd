package sqldb

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
	"github.com/rung-app/rung/internal/tasks/taskstest"
)

func TestTasksStore(t *testing.T) {
	taskstest.Run(t, func(t *testing.T) tasks.Store { return NewTasksStore(OpenTest(t, "tasks")) })
}

// everyone is a directory in which all are owners.
type everyone struct{}

func (everyone) Role(context.Context, uuid.UUID, uuid.UUID) (string, error) { return "owner", nil }
