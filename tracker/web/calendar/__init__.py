"""The pages of meetings, milestones, series and agendas."""
