"""What is right in hiring: postings, resumes, stages, receipts, and the words applicants read."""
