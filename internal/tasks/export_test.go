package tasks

// StepAtOnce sets how many tasks follow a change in one entry.
func (s *Service) StepAtOnce(n int) { s.stepAtOnce = n }

// PurgeAtOnce sets how many tasks of a project are removed in one entry.
func (s *Service) PurgeAtOnce(n int) { s.purgeAtOnce = n }
