package tasks_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

func (w *world) comments(task tasks.TaskDoc) (out []string) {
	w.Helper()
	of := tasks.PageOf{Limit: 2}
	for {
		page, err := w.Comments(w.Context(), w.ada, w.ws, task.Key, of)
		w.ok(err)
		for _, item := range page.Items {
			out = append(out, decode[tasks.Comment](w, item).Body)
		}
		if of.Cursor = page.Next; of.Cursor == "" {
			return out
		}
	}
}

func TestComments(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	bob := w.person("Bob", tasks.RoleMember)
	p := w.project(tasks.NewProject{Name: "Website"})
	task := w.titled(p, "a")
	say := func(c tasks.Caller, body string) uuid.UUID {
		w.later(1e6)
		got, err := w.CreateComment(ctx, c, w.ws, tasks.NewComment{Task: task.Key, Body: body})
		w.ok(err)
		return got.ID
	}
	mine, his := say(w.ada, "one"), say(bob, "two")
	say(bob, "three")
	same(t, "the oldest first", words(w.comments(task)), "one two three")
	got := w.again(task)
	same(t, "comment_count", got.CommentCount, 3)
	same(t, "subscribers", got.Subscribers, []uuid.UUID{w.ada.User, bob.User})

	edit := func(c tasks.Caller, id uuid.UUID, body string, cond tasks.Condition) error {
		return second(w.UpdateComment(ctx, c, w.ws, task.Key, id, body, cond))
	}
	w.ok(edit(w.ada, mine, "uno", tasks.Condition{}))
	w.refused(edit(w.ada, mine, "", tasks.Condition{}), fault.KindInvalid, "body")
	w.refused(edit(w.ada, his, "dos", tasks.Condition{}), fault.KindForbidden, "") // nobody edits another's words
	w.refused(edit(w.ada, mine, "eins", tasks.Condition{Match: 1}), fault.KindStale, "")
	w.refused(edit(w.ada, mine, "eins", tasks.Condition{Base: 1}), fault.KindStale, "")
	w.missing(edit(w.ada, uuid.Must(uuid.NewV7()), "x", tasks.Condition{}))
	other := w.titled(p, "b")
	w.missing(second(w.UpdateComment(ctx, w.ada, w.ws, other.Key, mine, "x", tasks.Condition{})))

	w.refused(second(w.DeleteComment(ctx, bob, w.ws, task.Key, mine)), fault.KindForbidden, "")
	w.ok(second(w.DeleteComment(ctx, w.ada, w.ws, task.Key, his))) // who administers the project moderates
	w.ok(second(w.DeleteComment(ctx, bob, w.ws, task.Key, his)))
	same(t, "what is left", words(w.comments(task)), "uno three")
	same(t, "comment_count", w.again(task).CommentCount, 2)
	w.missing(edit(bob, his, "back again", tasks.Condition{}))
	w.trash(task)
	w.missing(second(w.CreateComment(ctx, w.ada, w.ws, tasks.NewComment{Task: task.ID.String(), Body: "x"})))
}

func TestACommentThatIsImportedAgain(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	p, secret := w.project(tasks.NewProject{Name: "Website"}), w.project(tasks.NewProject{Name: "Secret", Access: tasks.AccessPrivate})
	task, other, hidden := w.titled(p, "a"), w.titled(p, "b"), w.titled(secret, "hidden")
	bob := w.person("Bob", tasks.RoleMember)
	bring := func(c tasks.Caller, to tasks.TaskDoc, id, body string) (tasks.Written, error) {
		c.Import = true
		return w.CreateComment(ctx, c, w.ws, tasks.NewComment{Task: to.Key, Body: body, External: &tasks.External{Source: "trello", ID: id}})
	}
	first, err := bring(w.ada, task, "1", "one")
	w.ok(err)
	again, err := bring(w.ada, task, "1", "uno")
	w.ok(err)
	same(t, "the same comment", again.ID, first.ID)
	same(t, "with its new words", words(w.comments(task)), "uno")
	elsewhere, err := bring(w.ada, other, "1", "eins")
	w.ok(err)
	same(t, "it stays where it is", decode[tasks.Comment](t, elsewhere.JSON).Task, task.ID)
	same(t, "comments of the other", w.comments(other), nil)

	w.ok(second(bring(w.ada, hidden, "2", "secret")))
	got, err := bring(bob, task, "2", "what does it say?")
	w.refused(err, fault.KindConflict, "external-taken")
	if containsWord(got.JSON, "secret") {
		t.Errorf("Bob is given %s", got.JSON)
	}

	w.ok(second(w.DeleteComment(ctx, w.ada, w.ws, task.Key, first.ID)))
	told := len(w.heard(w.ada))
	w.ok(second(bring(w.ada, task, "1", "dos")))
	same(t, "what was removed stays so", w.comments(task), nil)
	same(t, "comment_count", w.again(task).CommentCount, 0)
	if now := w.heard(w.ada); len(now) != told {
		t.Errorf("an import of it tells %v", now[told:])
	}
}
