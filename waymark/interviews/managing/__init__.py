"""What managers do with the diaries of an office: absences, handing over, over-booking, and how it goes."""
