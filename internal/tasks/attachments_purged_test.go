package tasks_test

import (
	"strings"
	"testing"

	"github.com/rung-app/rung/internal/tasks"
)

// TestNothingTellsTheNameOfAPurgedFile looks through the log and the task's story, in which another file stays.
func TestNothingTellsTheNameOfAPurgedFile(t *testing.T) {
	s := newShelf(t, 1000)
	ctx := t.Context()
	secret, kept := s.attach(s.task, "secret.txt", "aaa"), s.attach(s.task, "kept.txt", "bb")
	for range 2 {
		s.ok(second(s.DeleteAttachment(ctx, s.ada, s.ws, s.task.Key, secret.ID)))
		s.ok(second(s.RestoreAttachment(ctx, s.ada, s.ws, s.task.Key, secret.ID)))
	}
	s.ok(second(s.DeleteAttachment(ctx, s.ada, s.ws, s.task.Key, secret.ID)))
	said := func(what string) (inLog, inStory int) {
		t.Helper()
		told, _, _, err := s.Changes(ctx, s.ada, s.ws, "", -1, 1000)
		s.ok(err)
		for _, e := range told {
			inLog += strings.Count(string(e.JSON), what)
		}
		lines, err := s.Activity(ctx, s.ada, s.ws, s.task.Key, tasks.PageOf{})
		s.ok(err)
		for _, l := range lines.Items {
			inStory += strings.Count(string(l), what)
		}
		return inLog, inStory
	}
	if inLog, inStory := said("secret.txt"); inLog != 3 || inStory != 6 {
		t.Errorf("to begin with its name is told %d times in the log and %d in the story", inLog, inStory)
	}
	s.ok(second(s.Purge(ctx, s.ada, s.ws, "attachment", secret.ID)))
	for _, gone := range []string{"secret.txt", secret.SHA256} {
		if inLog, inStory := said(gone); inLog != 0 || inStory != 0 {
			t.Errorf("%s is still told %d times in the log and %d in the story", gone, inLog, inStory)
		}
	}
	if inLog, inStory := said(kept.Name); inLog != 1 || inStory != 1 {
		t.Errorf("the other one is told %d times in the log and %d in the story", inLog, inStory)
	}
	if _, inStory := said(secret.ID.String()); inStory != 6 {
		t.Errorf("the story has %d lines about it", inStory)
	}
}
