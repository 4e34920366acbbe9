"""Mathematics and subject knowledge of trafficking-in-persons indicators: pure, no files of users, no SQL, no screens."""
