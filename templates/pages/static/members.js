// A file of members is read into the box, so that one sees what is sent. Without this the box takes a paste.
const box = document.getElementById("csv");
document.getElementById("file")?.addEventListener("change", async (event) => {
  const [file] = event.target.files;
  if (file && file.size <= 200000) box.value = await file.text();
});
