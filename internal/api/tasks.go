package api

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

// taskHandlers are the routes of what is below a workspace: projects, tasks and their history. What the service answers
// is in the wire format already and passed on as it is.
type taskHandlers struct{ *API }

// Input parts that many requests have.
type (
	WorkspaceInput struct {
		WS string `path:"ws" doc:"The workspace's id or slug."`
	}
	ProjectInput struct {
		WorkspaceInput
		Project uuid.UUID `path:"project"`
	}
	TaskInput struct {
		WorkspaceInput
		Task string `path:"task" maxLength:"60" doc:"The task's id or its key, such as WEB-12, a former one too."`
	}
	PageInput struct {
		WorkspaceInput
		Page
	}
	// ConditionInput makes a change depend on what the client has seen.
	ConditionInput struct {
		IfMatch string `header:"If-Match" maxLength:"60" doc:"The version in quotes: any newer version is 412."`
		Base    int64  `header:"Rung-Base-Version" minimum:"0" doc:"A version: 412 only if a field of this change has changed since."`
	}
)

func (p Page) of() tasks.PageOf { return tasks.PageOf{Limit: p.Limit, Cursor: p.Cursor} }

func (c ConditionInput) condition() (tasks.Condition, error) {
	out := tasks.Condition{Base: c.Base}
	if c.IfMatch == "" || c.IfMatch == "*" {
		return out, nil
	}
	// what compresses answers on their way makes the tag weak; it names the version all the same
	s, ok := strings.CutPrefix(strings.TrimPrefix(c.IfMatch, "W/"), `"`)
	s, closed := strings.CutSuffix(s, `"`)
	s, _, _ = strings.Cut(s, "-") // behind it stands what tells answers of one version apart
	n, err := strconv.ParseInt(s, 10, 64)
	if !ok || !closed || err != nil || n < 1 {
		return out, errField("If-Match", "must be one version in quotes")
	}
	out.Match = n
	return out, nil
}

// caller tells the domain who asks, and in which workspace.
func caller(ctx context.Context) (tasks.Caller, uuid.UUID) {
	c := callOf(ctx)
	out := tasks.Caller{
		User: c.Identity.User, RequestID: c.ID, Zone: c.zone, As: &c.as,
		Actor: tasks.Actor{Type: tasks.ActorUser, ID: c.Identity.User, Name: c.name},
	}
	if c.Identity.Token != uuid.Nil {
		out.Actor.Type, out.Actor.ID, out.Actor.User = tasks.ActorToken, c.Identity.Token, c.Identity.User
		out.Import = slices.Contains(c.Identity.Scopes, string(Import))
	}
	return out, c.Workspace
}

// jsonOutput is an answer that is encoded already.
type jsonOutput struct {
	Status      int
	ContentType string `header:"Content-Type" hidden:"true"`
	ETag        string `header:"ETag" doc:"The version of what is answered, where it has one."`
	Body        []byte
}

func jsonOf(body []byte) *jsonOutput {
	return &jsonOutput{Status: http.StatusOK, ContentType: "application/json", Body: body}
}

// docOf answers an entity. A client that has this version already is told so. A project's new key changes its tasks'
// without making a version of each: the tag of a task that had other keys says more than its version.
func docOf(ctx context.Context, d tasks.Doc, h tasks.Head) *jsonOutput {
	c := callOf(ctx)
	c.setHead(h.Epoch, h.Seq)
	c.response["Cache-Control"] = []string{"private, no-cache"}
	out := jsonOf(d.JSON)
	out.ETag = `"` + strconv.FormatInt(d.Version, 10) + `"`
	if hadOtherKeys(d.JSON) {
		out.ETag = versionTag(out.ETag, d.JSON)
	}
	if (c.request.Method == http.MethodGet || c.request.Method == http.MethodHead) && unchanged(c.request, out.ETag) {
		return &jsonOutput{Status: http.StatusNotModified, ETag: out.ETag}
	}
	return out
}

// hadOtherKeys looks into a task without decoding it: previous_keys stands right behind the key.
func hadOtherKeys(doc []byte) bool {
	_, rest, ok := strings.Cut(string(doc[:min(len(doc), 80)]), `"previous_keys":[`)
	return ok && !strings.HasPrefix(rest, "]")
}

// writtenOf answers what a change led to: 201 if it made something.
func writtenOf(ctx context.Context, w tasks.Written, err error) (*jsonOutput, error) {
	if err != nil {
		return nil, err
	}
	out := docOf(ctx, w.Doc, w.Head)
	if w.Created {
		out.Status = http.StatusCreated
	}
	return out, nil
}

// gone answers a deletion.
func gone(ctx context.Context, h tasks.Head, err error) (*struct{}, error) {
	if err == nil {
		callOf(ctx).setHead(h.Epoch, h.Seq)
	}
	return nil, err
}

// pageOf answers a list.
func pageOf(ctx context.Context, p tasks.Page, err error) (*jsonOutput, error) {
	if err != nil {
		return nil, err
	}
	callOf(ctx).setHead(p.Head.Epoch, p.Head.Seq)
	return jsonOf(p.JSON()), nil
}

// opt gives a field of a patch to the domain.
func opt[T any](o Optional[T]) tasks.Opt[T] { return tasks.Opt[T]{Set: o.Set, V: o.Value} }

// inPath gives a fault's fields as the client knows them: the name of parameter i in place of the filter's condition i.
func inPath(err error, names []string) error {
	return renamed(err, func(field string) string {
		for i, name := range names {
			if rest, ok := strings.CutPrefix(field, "filter.all["+strconv.Itoa(i)+"]"); ok {
				return name + rest
			}
		}
		return field
	})
}

// inBody does the same where the body is the filter.
func inBody(err error) error {
	return renamed(err, func(field string) string {
		if field == "filter" {
			return "body"
		}
		return strings.TrimPrefix(field, "filter.")
	})
}

func renamed(err error, name func(field string) string) error {
	f, ok := err.(*fault.Error)
	if !ok || len(f.Fields) == 0 {
		return err
	}
	out := *f
	out.Fields = make([]fault.Field, len(f.Fields))
	for i, field := range f.Fields {
		out.Fields[i] = fault.Field{Field: name(field.Field), Message: field.Message}
	}
	return &out
}
