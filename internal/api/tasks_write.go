package api

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

type createTaskInput struct {
	WorkspaceInput
	Body newTask
}

func (h taskHandlers) create(ctx context.Context, in *createTaskInput) (*jsonOutput, error) {
	c, ws := caller(ctx)
	w, err := h.Tasks.CreateTask(ctx, c, ws, in.Body.request())
	return writtenOf(ctx, w, err)
}

func (h taskHandlers) get(ctx context.Context, in *TaskInput) (*jsonOutput, error) {
	c, ws := caller(ctx)
	d, head, err := h.Tasks.Task(ctx, c, ws, in.Task)
	if err != nil {
		return nil, err
	}
	return docOf(ctx, d, head), nil
}

type patchTaskInput struct {
	TaskInput
	ConditionInput
	Body taskPatch `contentType:"application/merge-patch+json"`
}

func (h taskHandlers) patch(ctx context.Context, in *patchTaskInput) (*jsonOutput, error) {
	cond, err := in.condition()
	if err != nil {
		return nil, err
	}
	c, ws := caller(ctx)
	w, err := h.Tasks.UpdateTask(ctx, c, ws, in.Task, in.Body.request(), cond)
	return writtenOf(ctx, w, err)
}

type deleteTaskInput struct {
	TaskInput
	ConditionInput
}

func (h taskHandlers) delete(ctx context.Context, in *deleteTaskInput) (*struct{}, error) {
	cond, err := in.condition()
	if err != nil {
		return nil, err
	}
	c, ws := caller(ctx)
	head, err := h.Tasks.DeleteTask(ctx, c, ws, in.Task, cond)
	return gone(ctx, head, err)
}

func (h taskHandlers) restore(ctx context.Context, in *TaskInput) (*jsonOutput, error) {
	c, ws := caller(ctx)
	w, err := h.Tasks.RestoreTask(ctx, c, ws, in.Task)
	return writtenOf(ctx, w, err)
}

// MoveTarget says where a task is to go.
type MoveTarget struct {
	Project      uuid.UUID `json:"project,omitzero" doc:"Without it the task stays in its project."`
	Status       uuid.UUID `json:"status,omitzero" doc:"Without it the status there that is most like its present one."`
	WithChildren bool      `json:"with_children,omitempty" doc:"Sub-tasks come along; otherwise they stay and are no sub-tasks any more."`
	Place        place     `json:"place,omitzero"`
}

func (m MoveTarget) request() tasks.Move {
	return tasks.Move{Project: m.Project, Status: m.Status, WithChildren: m.WithChildren, Place: m.Place.Place}
}

type moveTaskInput struct {
	TaskInput
	ConditionInput
	Body MoveTarget
}

func (h taskHandlers) move(ctx context.Context, in *moveTaskInput) (*jsonOutput, error) {
	cond, err := in.condition()
	if err != nil {
		return nil, err
	}
	c, ws := caller(ctx)
	w, err := h.Tasks.MoveTask(ctx, c, ws, in.Task, in.Body.request(), cond)
	return writtenOf(ctx, w, err)
}

// batchChange is one step of a batch.
type batchChange struct {
	Op    string     `json:"op" enum:"create,update,move,delete" doc:"What is done; it says which of the other fields are needed."`
	ID    string     `json:"id,omitempty" maxLength:"60" doc:"Of update, move and delete: the task's id or key."`
	Task  *newTask   `json:"task,omitempty" doc:"Of create."`
	Patch *taskPatch `json:"patch,omitempty" doc:"Of update."`
	MoveTarget
	IfVersion   int64 `json:"if_version,omitempty" minimum:"1" doc:"As If-Match: any newer version refuses the batch."`
	BaseVersion int64 `json:"base_version,omitempty" minimum:"1" doc:"As Rung-Base-Version."`
}

// step gives the step to the domain; i is its place.
func (b batchChange) step(i int) (tasks.Step, error) {
	need := func(field string) error {
		return fault.InvalidField(fmt.Sprintf("changes[%d].%s", i, field), "is required for op "+b.Op)
	}
	cond := tasks.Condition{Match: b.IfVersion, Base: b.BaseVersion}
	if b.Op != "create" && b.ID == "" {
		return tasks.Step{}, need("id")
	}
	switch b.Op {
	case "create":
		if b.Task == nil {
			return tasks.Step{}, need("task")
		}
		n := b.Task.request()
		return tasks.Step{Create: &n}, nil
	case "update":
		if b.Patch == nil {
			return tasks.Step{}, need("patch")
		}
		return tasks.Step{Update: &tasks.StepUpdate{Ref: b.ID, Patch: b.Patch.request(), Cond: cond}}, nil
	case "move":
		return tasks.Step{Move: &tasks.StepMove{Ref: b.ID, Move: b.MoveTarget.request(), Cond: cond}}, nil
	default:
		return tasks.Step{Delete: b.ID}, nil
	}
}

type batchInput struct {
	WorkspaceInput
	Body struct {
		Changes []batchChange `json:"changes" minItems:"1" maxItems:"500" nullable:"false"`
	}
}

// BatchResults documents the answer to a batch.
type BatchResults struct {
	Results []BatchResult `json:"results"`
}

// BatchResult documents what came of one change.
type BatchResult struct {
	Task    *tasks.TaskDoc `json:"task" doc:"As it is now; null after a deletion."`
	Created bool           `json:"created"`
}

func (h taskHandlers) batch(ctx context.Context, in *batchInput) (*jsonOutput, error) {
	steps := make([]tasks.Step, len(in.Body.Changes))
	for i, change := range in.Body.Changes {
		var err error
		if steps[i], err = change.step(i); err != nil {
			return nil, err
		}
	}
	c, ws := caller(ctx)
	results, head, err := h.Tasks.Batch(ctx, c, ws, steps)
	if err != nil {
		return nil, err
	}
	callOf(ctx).setHead(head.Epoch, head.Seq)
	b := []byte(`{"results":[`)
	for i, r := range results {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, `{"task":`...)
		if r.Doc.JSON == nil {
			b = append(b, "null"...)
		}
		b = append(b, r.Doc.JSON...)
		b = fmt.Appendf(b, `,"created":%t}`, r.Created)
	}
	return jsonOf(append(b, "]}"...)), nil
}
