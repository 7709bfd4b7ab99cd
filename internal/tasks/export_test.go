package tasks

// StepAtOnce sets how many tasks follow a change in one entry.
func (s *Service) StepAtOnce(n int) { s.stepAtOnce = n }

// PurgeAtOnce sets how many tasks of a project are removed in one entry.
func (s *Service) PurgeAtOnce(n int) { s.purgeAtOnce = n }

// ActivityCursor is a cursor as somebody might make it up: behind it come the lines before a number.
func ActivityCursor(before int64) string { return cursor("activity", Position{Number: before}) }
